// One costly call for a number, and what its outcome means for the run.
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include "http/auth.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds longest_retry_after = 1h;
/// A price that was read longer ago is read again before anything is bought at it.
constexpr std::chrono::milliseconds price_fresh_for = 60s;
/// With no price known the whole budget is booked, so that it holds in the worst case.
money expected_price(const run_context& c, const offer& o)
{
    if (o.price)
        return *o.price;
    const auto& most = c.budget().run ? c.budget().run : c.budget().day;
    return most && most->unit == o.account->unit ? *most : money(decimal(), o.account->unit);
}

bool may_pass(const error& e)
{
    return e.code == errc::denied_now || e.code == errc::transient || e.code == errc::rate_limited;
}

} // namespace

task<std::optional<std::vector<std::string>>> otp_run::listed_orders(const providers::account& who)
{
    auto reading = who.numbers->recent_orders(1, context_.clock().now() + list_timeout(who));
    auto listed = co_await std::move(reading);
    co_await reset_cancellation();
    if (!listed)
        co_return std::nullopt;
    std::vector<std::string> ids;
    for (const providers::listed_number& n : *listed)
        ids.push_back(n.order.id);
    co_return ids;
}

/// What could settle a doubt later has to be known before; and a price that has grown old is asked for again.
task<result<void>> otp_run::check_before_purchase(const offer& o)
{
    if (context_.clock().now() - o.read_at > price_fresh_for) {
        auto reading = read_offer(context_, settings_, o.candidate);
        auto fresh = co_await std::move(reading);
        if (!fresh.refusal.empty() || fresh.price != o.price)
            co_return error(errc::denied_now, "the offer changed while the account was busy");
    }
    progress_.balance_before.reset();
    progress_.listed_before.reset();
    const bool lists = o.account->numbers->lists_orders();
    if (lists) {
        auto listing = listed_orders(*o.account);
        progress_.listed_before = co_await std::move(listing);
    }
    if (!lists || !o.account->shared) { // the balance of a shared account is a hint, and the list is more
        auto reading = read_balance_snapshot(context_, *o.account);
        progress_.balance_before = co_await std::move(reading);
    }
    co_return result<void>();
}

ledger::batch otp_run::intent_changes(const offer& o) const
{
    ledger::batch all;
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    all.push_back(std::move(state));
    if (progress_.balance_before) {
        ledger::record_balance note;
        note.balance.account = o.account->name;
        note.balance.balance = progress_.balance_before->amount;
        note.balance.at = progress_.balance_before->at;
        all.push_back(std::move(note));
    }
    return all;
}

task<std::optional<ending>> otp_run::order(const offer& o, std::vector<std::string>& why, bool& again,
                                           std::chrono::milliseconds& wait)
{
    progress_.candidate = o.candidate;
    progress_.service = o.service;
    progress_.operator_name = o.operator_name;
    progress_.price_unknown = !o.price;
    ++progress_.purchases;
    purchase_request what("number/" + std::to_string(progress_.purchases), o.account, "number.order", expected_price(context_, o));
    what.one_at_a_time = true;
    what.digest = http::sha256_hex("number.order\n" + o.service + "\n" + o.operator_name);
    what.before_intent = [&] { return check_before_purchase(o); };
    what.with_intent = [&](const effect_id&) { return intent_changes(o); };

    providers::number_seller& seller = *o.account->numbers;
    costly_call<providers::number_order> call = [&](providers::purchase_gate how) {
        return seller.order(o.service, o.operator_name, std::move(how));
    };
    std::function<acceptance(const providers::number_order&)> read = [&](const providers::number_order& got) {
        acceptance a;
        a.provider_ref = got.id;
        a.charged = got.price ? got.price : o.price;
        return a;
    };
    std::function<ledger::batch(const settlement&, const std::optional<providers::number_order>&)> then =
        [&](const settlement& how, const std::optional<providers::number_order>& got) {
            if (how.classified_as == providers::classification::accepted && got)
                return acceptance_changes(o, how, *got);
            progress_.held.reset();
            return ledger::batch();
        };
    auto spending_it =
        spend<providers::number_order>(context_, std::move(what), std::move(call), std::move(read), std::move(then));
    auto done = co_await std::move(spending_it);
    co_await reset_cancellation();
    auto going_on = handle_purchase_result(o, std::move(done), why, again, wait);
    co_return co_await std::move(going_on);
}

/// nullopt: a number is held, or another may be tried for.
task<std::optional<ending>> otp_run::handle_purchase_result(const offer& o, result<purchase_result<providers::number_order>> done,
                                                 std::vector<std::string>& why, bool& again,
                                                 std::chrono::milliseconds& wait)
{
    const std::string at = o.account->name + ": ";
    if (!done) {
        const error& e = done.error();
        if (e.code == errc::denied_now) {
            again = true;
            why.push_back(at + e.message);
            co_return std::nullopt;
        }
        if (e.code == errc::cancelled && context_.stopping())
            co_return ending::stopped();
        if (e.code == errc::cancelled && context_.cancel_requested())
            co_return ending(ledger::run_state::cancelled);
        co_return ending(e.code == errc::conflict ? ledger::run_state::attention : ledger::run_state::failed, e);
    }
    const settlement& how = done->how;
    switch (how.classified_as) {
    case providers::classification::accepted: co_return std::nullopt;
    case providers::classification::ambiguous: {
        auto settling = reconcile(how.id, o.account);
        auto over = co_await std::move(settling);
        if (over || progress_.held)
            co_return over;
        again = true; // proven: it was not bought
        break;
    }
    case providers::classification::rate_limited:
        wait = std::max(wait, std::min<std::chrono::milliseconds>(
                                  how.failure && how.failure->retry_after ? *how.failure->retry_after : 10s, longest_retry_after));
        again = true;
        break;
    case providers::classification::not_sent:
        if (context_.stopping())
            co_return ending::stopped();
        again = true;
        break;
    case providers::classification::rejected: again = again || (how.failure && may_pass(*how.failure)); break;
    }
    last_refusal_ = how.failure;
    why.push_back(at + (how.failure ? how.failure->message : std::string(name(how.classified_as))));
    co_return std::nullopt;
}

} // namespace ulak::kinds::otp
