// What a balance tells of a purchase that nobody answered: after = before - charges + refunds - what is asked for.
#include "kinds/purchase/reconcile.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"

#include <algorithm>

namespace ulak::kinds {

using ledger::effect_state;
using namespace std::chrono_literals;

namespace {

/// A provider may book a call that nobody answered, or pay back, this much later.
constexpr std::chrono::minutes late_charge_window(5);
/// So long after its purchase a number may still be paid back, and a panel's order.
constexpr std::chrono::hours number_refund_window(1);
constexpr std::chrono::hours panel_refund_window(24 * 30);
/// A balance that is no more than a hint is not waited for longer.
constexpr std::chrono::milliseconds hint_timeout = 5s;

constexpr std::string_view number_operation = "number.order";
constexpr std::string_view panel_operation = "panel.add";

/// No provider documents that a message is paid back to an account whose balance is asked.
std::chrono::hours refund_window(const ledger::effect_record& e)
{
    if (e.operation == number_operation)
        return number_refund_window;
    return e.operation == panel_operation ? panel_refund_window : std::chrono::hours(0);
}

/// Purchases of longer ago cannot bring money back to such an account any more.
std::chrono::hours longest_refund_window(const providers::account& who)
{
    if (who.panel)
        return panel_refund_window;
    return who.numbers ? number_refund_window : std::chrono::hours(0);
}

std::string describe_difference(const money& before, const money& now, const money& expected)
{
    const decimal drop = before.amount - now.amount;
    std::string text = "the balance was " + before.text() + " and is " + now.text() + ", ";
    if (drop.zero())
        text += "it did not move";
    else if (drop.negative())
        text += money(decimal() - drop, now.unit).text() + " more";
    else
        text += money(drop, now.unit).text() + " less";
    return text + "; " + expected.text() + " were to be paid";
}

charge_finding finding_from(const money& before, const money& now, const money& expected)
{
    const decimal drop = before.amount - now.amount;
    if (drop.zero())
        return charge_finding::not_charged;
    return drop == expected.amount ? charge_finding::charged : charge_finding::unknown;
}

/// One look, which settles nothing.
task<balance_evidence> read_hint(run_context& c, const providers::account& who, const balance_snapshot& before,
                                 const ledger::effect_record& lost)
{
    co_await sleep_for(c, evidence_schedule.front());
    if (c.stopping())
        co_return balance_evidence(charge_finding::interrupted);
    auto reading = who.balances->balance(c.clock().now() + std::min(who.read_timeout, hint_timeout));
    auto now = co_await std::move(reading);
    if (!now || now->unit != before.amount.unit)
        co_return balance_evidence(charge_finding::unknown);
    co_return balance_evidence(charge_finding::unknown,
                               describe_difference(before.amount, *now, lost.expected) +
                                   ", which proves nothing: others may spend from the account too");
}

/// One look at an account of which nobody else spends. `unknown` ends the looking.
task<balance_evidence> compare_balance(run_context& c, const providers::account& who, const balance_snapshot& before,
                                       const ledger::effect_record& lost)
{
    auto asking = no_other_charges_since(c, who.name, lost.id, before.at);
    const bool quiet = co_await std::move(asking);
    auto coming = refunds_possible_since(c, who, lost.id, before.at);
    const bool back = co_await std::move(coming);
    ULAK_FAILPOINT("doubt/asked");
    auto reading = who.balances->balance(c.clock().now() + who.read_timeout);
    auto now = co_await std::move(reading);
    if (!now)
        co_return balance_evidence(charge_finding::unknown, "the balance cannot be read: " + now.error().message);
    if (now->unit != before.amount.unit)
        co_return balance_evidence(charge_finding::unknown, "the balance is in " + now->unit + " now");
    const std::string text = describe_difference(before.amount, *now, lost.expected);
    const charge_finding seen = finding_from(before.amount, *now, lost.expected);
    if (!quiet)
        co_return balance_evidence(charge_finding::unknown,
                                   text + ", which proves nothing: other purchases moved it too");
    if (seen == charge_finding::not_charged && back)
        co_return balance_evidence(charge_finding::unknown,
                                   text + ", which proves nothing: money of others may have come back");
    co_return balance_evidence(seen, text);
}

} // namespace

task<std::optional<balance_snapshot>> read_balance_snapshot(run_context& c, const providers::account& who)
{
    if (!who.balances)
        co_return std::nullopt;
    balance_snapshot b;
    b.at = c.clock().wall_now();
    const auto patience = who.shared ? std::min(who.read_timeout, hint_timeout) : who.read_timeout;
    auto reading = who.balances->balance(c.clock().now() + patience);
    auto now = co_await std::move(reading);
    co_await reset_cancellation();
    if (!now)
        co_return std::nullopt;
    b.amount = *now;
    co_return b;
}

task<bool> no_other_charges_since(run_context& c, const std::string& account, const effect_id& but, wall_point since)
{
    ledger::effect_query q;
    q.account = account;
    q.since = since; // those in doubt are read however old they are
    auto reading = c.store().effects(std::move(q));
    auto all = co_await std::move(reading);
    if (!all)
        co_return false;
    co_return std::none_of(all->begin(), all->end(), [&](const ledger::effect_record& e) {
        if (e.id == but)
            return false;
        const wall_point settled = e.settled_at.value_or(e.intended_at);
        const bool may_be_booked_late = e.state == effect_state::ambiguous && settled + late_charge_window > since;
        return e.intended_at >= since || settled > since || e.state == effect_state::dispatched || may_be_booked_late;
    });
}

task<bool> refunds_possible_since(run_context& c, const providers::account& who, const effect_id& but, wall_point since)
{
    ledger::effect_query q;
    q.account = who.name;
    q.since = since - longest_refund_window(who);
    q.states = {effect_state::accepted, effect_state::ambiguous, effect_state::orphaned};
    auto reading = c.store().effects(std::move(q));
    auto all = co_await std::move(reading);
    if (!all)
        co_return true;
    for (const ledger::effect_record& e : *all) {
        const auto lasts = refund_window(e);
        if (e.id == but || lasts == 0h || e.intended_at + lasts < since)
            continue;
        if (e.state != effect_state::accepted)
            co_return true;
        auto asking = c.store().run(e.run);
        auto run = co_await std::move(asking);
        if (!run && run.error().code == errc::not_found) // ended so long ago that it is forgotten
            continue;
        if (!run || !run->finished_at || *run->finished_at + late_charge_window > since)
            co_return true;
        // The panel goes on with an order that nobody follows any more.
        const bool left_alone =
            run->state == ledger::run_state::cancelled || run->state == ledger::run_state::attention;
        if (e.operation == panel_operation && left_alone)
            co_return true;
    }
    co_return false;
}

task<balance_evidence> gather_balance_evidence(run_context& c, const providers::account& who,
                                               std::optional<balance_snapshot> before,
                                               const ledger::effect_record& lost, balance_reads how_often)
{
    if (!who.balances || !before || before->amount.unit != lost.expected.unit || lost.expected.amount.zero())
        co_return balance_evidence(charge_finding::unknown);
    if (who.shared) {
        auto once = read_hint(c, who, *before, lost);
        co_return co_await std::move(once);
    }
    const async::steady_point start = c.clock().now();
    balance_evidence so_far(charge_finding::unknown);
    bool first = true;
    for (const auto after : evidence_schedule) {
        if (how_often == balance_reads::all)
            co_await sleep_until(c, start + after);
        if (c.stopping() || c.cancel_requested())
            co_return balance_evidence(charge_finding::interrupted);
        auto looking = compare_balance(c, who, *before, lost);
        auto seen = co_await std::move(looking);
        // It may be booked late: once charged it has to stay so, and "not charged" has to hold to the end.
        if (!first && so_far.finding == charge_finding::charged && seen.finding != charge_finding::charged)
            co_return balance_evidence(charge_finding::unknown, seen.text);
        const bool certain = so_far.finding == charge_finding::charged && !first;
        if (seen.finding == charge_finding::unknown || certain || how_often == balance_reads::one)
            co_return seen;
        so_far = std::move(seen);
        first = false;
    }
    co_return so_far;
}

} // namespace ulak::kinds
