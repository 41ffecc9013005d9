// Ordering a number: candidates in order, another one only after a refusal or a call that never left.
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include "core/json_text.hpp"
#include "events/names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// Rounds over all candidates while the reasons may pass.
constexpr int most_rounds = 5;
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

task<std::optional<ending>> session::buy()
{
    std::vector<std::string> why;
    std::chrono::milliseconds pause = first_pause;
    for (int round = 1;; ++round) {
        why.clear();
        bool again = false;
        std::chrono::milliseconds wait{0};
        auto trying = pass_over_candidates(why, again, wait);
        auto over = co_await std::move(trying);
        if (over || p_.held)
            co_return over;
        if (!again || round == most_rounds)
            break;
        co_await sleep_for(c_, std::max(wait, pause));
        pause *= 2;
    }
    co_return ending(ledger::run_state::failed, error(code_of(last_refusal_), "no number was sold: " + joined(why)));
}

task<std::optional<ending>> session::pass_over_candidates(std::vector<std::string>& why, bool& again,
                                                          std::chrono::milliseconds& wait)
{
    auto reading = read_offers(c_, s_, p_.next);
    auto offers = co_await std::move(reading);
    for (const offer& o : offers) {
        co_await reset_cancellation();
        if (c_.stopping())
            co_return ending::stopped();
        if (c_.cancel_requested())
            co_return ending(ledger::run_state::cancelled);
        if (o.who && o.trouble) {
            auto telling = troubles_.report_failure(*o.who, "number.offer", *o.trouble);
            co_await std::move(telling);
        }
        if (!o.refused.empty()) {
            why.push_back(s_.candidates[o.candidate].account + ": " + o.refused);
            again = again || o.for_now;
            continue;
        }
        auto buying = order(o, why, again, wait);
        auto over = co_await std::move(buying);
        if (over || p_.held)
            co_return over;
    }
    co_return std::nullopt;
}

ledger::batch session::ordered(const offer& o, const settlement& how, const providers::number_order& got)
{
    held_number n;
    n.effect = how.id;
    n.account = o.who->name;
    n.id = got.id;
    n.number = got.number;
    n.candidate = o.candidate;
    n.price = got.price ? *got.price : o.price.value_or(money());
    if (p_.before)
        n.before = p_.before->amount;
    n.ordered_at = c_.clock().wall_now();
    taken_up_ = c_.clock().now();
    age_then_ = age(0);
    ++p_.bought;
    p_.taken = p_.tries;
    p_.next = (o.candidate + 1) % s_.candidates.size();
    p_.held = std::move(n);

    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    state.result = json::serialize(result_json(*p_.held, std::nullopt, false));
    json::object data;
    data["number_id"] = got.id;
    data["number"] = mask_number(got.number);
    data["price"] = ulak::json_of(p_.held->price);
    ledger::batch all;
    all.push_back(std::move(state));
    all.push_back(told(events::number_ordered, events::level::info,
                       "number " + mask_number(got.number) + " ordered at " + o.who->name, std::move(data)));
    return all;
}

} // namespace ulak::kinds::otp
