// Ordering a number: candidates in order, another one only after a refusal or a call that never left.
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// Rounds over all candidates while the reasons may pass.
constexpr int max_rounds = 5;
constexpr std::chrono::milliseconds first_pause = 1s;

std::string joined(const std::vector<std::string>& why)
{
    std::string all;
    for (const std::string& w : why)
        all += (all.empty() ? "" : "; ") + w;
    return all;
}

/// The code that stands for all refusals: the provider's own, if there was one.
errc code_of(const std::optional<error>& last)
{
    return last ? last->code : errc::no_stock;
}

} // namespace

task<std::optional<ending>> otp_run::buy()
{
    std::vector<std::string> why;
    std::chrono::milliseconds pause = first_pause;
    for (int round = 1;; ++round) {
        why.clear();
        bool again = false;
        std::chrono::milliseconds wait{0};
        auto trying = try_candidates(why, again, wait);
        auto over = co_await std::move(trying);
        if (over || progress_.held)
            co_return over;
        if (!again || round == max_rounds)
            break;
        co_await sleep_for(context_, std::max(wait, pause));
        pause *= 2;
    }
    co_return ending(ledger::run_state::failed, error(code_of(last_refusal_), "no number was sold: " + joined(why)));
}

task<std::optional<ending>> otp_run::try_candidates(std::vector<std::string>& why, bool& again,
                                                    std::chrono::milliseconds& wait)
{
    auto reading = read_offers(context_, settings_, progress_.next_candidate);
    auto offers = co_await std::move(reading);
    for (const offer& o : offers) {
        co_await reset_cancellation();
        if (context_.stopping())
            co_return ending::stopped();
        if (context_.cancel_requested())
            co_return ending(ledger::run_state::cancelled);
        if (o.account && o.read_error) {
            auto telling = failures_.report_failure(*o.account, "number.offer", *o.read_error);
            co_await std::move(telling);
        }
        if (!o.refusal.empty()) {
            why.push_back(settings_.candidates[o.candidate].account + ": " + o.refusal);
            again = again || o.refusal_may_pass;
            continue;
        }
        auto buying = order(o, why, again, wait);
        auto over = co_await std::move(buying);
        if (over || progress_.held)
            co_return over;
    }
    co_return std::nullopt;
}

ledger::batch otp_run::acceptance_changes(const offer& o, const effect_id& effect, const providers::number_order& got)
{
    held_number n;
    n.effect = effect;
    n.account = o.account->name;
    n.number_id = got.id;
    n.number = got.number;
    n.candidate = o.candidate;
    n.price = got.price ? *got.price : o.price.value_or(money());
    if (progress_.balance_before)
        n.balance_before = progress_.balance_before->amount;
    n.ordered_at = context_.clock().wall_now();
    held_since_ = context_.clock().now();
    age_when_held_ = age(0);
    ++progress_.numbers_bought;
    progress_.adopted_purchase = progress_.purchases;
    progress_.next_candidate = (o.candidate + 1) % settings_.candidates.size();
    progress_.held = std::move(n);

    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    state.result = json::serialize(result_json(*progress_.held, std::nullopt, false));
    json::object data;
    data["number_id"] = got.id;
    data["number"] = mask_number(got.number);
    data["price"] = ulak::json_of(progress_.held->price);
    ledger::batch all;
    all.push_back(std::move(state));
    all.push_back(number_event(events::number_ordered, events::level::info,
                               "number " + mask_number(got.number) + " ordered at " + o.account->name,
                               std::move(data)));
    return all;
}

} // namespace ulak::kinds::otp
