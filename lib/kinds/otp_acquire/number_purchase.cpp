#include "kinds/otp_acquire/number_purchase.hpp"

#include "http/auth.hpp"
#include "kinds/otp_acquire/number_changes.hpp"
#include "kinds/otp_acquire/order_search.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::otp {
namespace {

using namespace std::chrono_literals;
using providers::classification;
using providers::number_order;

/// An older price is read again under the permit, before anything is bought at it.
constexpr std::chrono::milliseconds price_fresh_for = 60s;

/// Ids on the first page of the provider's list. Nothing: it cannot be read.
task<std::optional<std::vector<std::string>>> listed_orders(run_context& c, const providers::account& account)
{
    auto listed = co_await account.numbers->recent_orders(1, c.clock().now() + list_timeout(account));
    co_await reset_cancellation();
    if (!listed)
        co_return std::nullopt;
    std::vector<std::string> ids;
    for (const providers::listed_number& n : *listed)
        ids.push_back(n.order.id);
    co_return ids;
}

} // namespace

task<result<settlement>> number_purchase::make(const offer& o)
{
    name_purchase(o);

    // 1. Reserve: wait for the account's permit. Under it, look at what may have changed meanwhile.
    auto reserved = co_await reserve(context_, request_for(o));
    if (!reserved)
        co_return reserved.error();
    auto confirmed = co_await confirm_offer(o);
    if (!confirmed)
        co_return confirmed.error();
    co_await read_evidence(*o.account);

    // 2. Book: the budget and the intent, with the progress that evidence is compared with if no answer comes.
    auto booked = co_await std::move(*reserved).book(booking_changes(*o.account));
    if (!booked)
        co_return booked.error();

    // 3. Call: the gate commits `dispatched` before the first byte.
    auto call = std::move(*booked).call();
    auto answer = co_await o.account->numbers->order(o.service, o.operator_name, std::move(call.gate));

    // 4. Settle: the outcome, with the number that the run holds from now on.
    purchase_answer classified(answer, &number_order::id);
    ledger::batch changes;
    if (answer.value)
        classified.charged = answer.value->price ? answer.value->price : o.price;
    if (classified.accepted()) {
        hold(o, call.purchase.effect(), *answer.value);
        changes = acceptance_changes();
    }
    auto settled = co_await std::move(call.purchase).settle(std::move(classified), std::move(changes));
    if (!settled || settled->classified_as != classification::accepted)
        progress_.held.reset(); // its id belongs to another purchase
    co_return settled;
}

/// The progress that names the purchase, before anything is sent.
void number_purchase::name_purchase(const offer& o)
{
    progress_.candidate = o.candidate;
    progress_.service = o.service;
    progress_.operator_name = o.operator_name;
    progress_.price_unknown = !o.price;
    ++progress_.purchases;
}

purchase_request number_purchase::request_for(const offer& o) const
{
    purchase_request request("number/" + std::to_string(progress_.purchases), o.account, "number.order",
                             expected_price(o));
    request.one_at_a_time = true;
    request.digest = http::sha256_hex("number.order\n" + o.service + "\n" + o.operator_name);
    return request;
}

/// With no price known the whole budget is booked, which holds in the worst case.
money number_purchase::expected_price(const offer& o) const
{
    if (o.price)
        return *o.price;
    const auto& most = context_.budget().run ? context_.budget().run : context_.budget().day;
    const std::string& unit = o.account->unit;
    return most && most->unit == unit ? *most : money(decimal(), unit);
}

/// Reads an old price again. errc::denied_now: the offer is another one by now.
task<result<void>> number_purchase::confirm_offer(const offer& o)
{
    if (context_.clock().now() - o.read_at <= price_fresh_for)
        co_return result<void>();
    auto fresh = co_await read_offer(context_, settings_, o.candidate);
    if (!fresh.refusal.empty() || fresh.price != o.price)
        co_return error(errc::denied_now, "the offer changed while the account was busy");
    co_return result<void>();
}

/// Reads what could prove later whether the order was made. What cannot be read proves nothing then.
task<> number_purchase::read_evidence(const providers::account& account)
{
    progress_.booked = boot_moment::now(context_.clock());
    progress_.balance_before.reset();
    progress_.listed_before.reset();
    const bool lists = account.numbers->lists_orders();
    if (lists)
        progress_.listed_before = co_await listed_orders(context_, account);
    // The balance of a shared account is only a hint, and the list is more.
    if (!lists || !account.shared)
        progress_.balance_before = co_await read_balance_snapshot(context_, account);
}

/// In the intent's commit: the run's progress, and the balance for the account's history.
ledger::batch number_purchase::booking_changes(const providers::account& account) const
{
    ledger::update_run update(context_.run().id);
    update.progress = boost::json::serialize(to_json(progress_));
    ledger::batch all;
    all.push_back(std::move(update));
    if (progress_.balance_before) {
        ledger::record_balance record;
        record.balance.account = account.name;
        record.balance.balance = progress_.balance_before->amount;
        record.balance.at = progress_.balance_before->at;
        all.push_back(std::move(record));
    }
    return all;
}

void number_purchase::hold(const offer& o, const effect_id& effect, const number_order& order)
{
    held_number n;
    n.effect = effect;
    n.account = o.account->name;
    n.number_id = order.id;
    n.number = order.number;
    n.candidate = o.candidate;
    n.price = order.price ? *order.price : o.price.value_or(money());
    if (progress_.balance_before)
        n.balance_before = progress_.balance_before->amount;
    n.times.ordered_at = context_.clock().wall_now();
    n.times.told_at = order.created;
    n.times.boot = boot_moment::now(context_.clock());
    n.age = number_age::of_new(context_.clock());
    hold_number(progress_, std::move(n), settings_.candidates.size());
}

/// In the settlement's commit: the run's progress and result, and the event.
ledger::batch number_purchase::acceptance_changes() const
{
    ledger::update_run update(context_.run().id);
    update.progress = boost::json::serialize(to_json(progress_));
    update.result = boost::json::serialize(result_json(*progress_.held, std::nullopt, false));
    ledger::batch all;
    all.push_back(std::move(update));
    const auto ordered = ordered_changes(context_, *progress_.held);
    all.insert(all.end(), ordered.begin(), ordered.end());
    return all;
}

} // namespace ulak::kinds::otp
