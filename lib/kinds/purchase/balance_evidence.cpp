#include "kinds/purchase/balance_evidence.hpp"

#include "core/failpoint.hpp"
#include "kinds/purchase/account_activity.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>

namespace ulak::kinds {
namespace {

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

/// One read of a shared account, which proves nothing.
task<balance_evidence> read_hint(run_context& c, const providers::account& account, const balance_snapshot& before,
                                 const ledger::effect_record& lost)
{
    co_await sleep_for(c, evidence_schedule.front());
    if (c.stopping())
        co_return balance_evidence(charge_finding::interrupted);
    auto now = co_await account.balances->balance(c.clock().now() + std::min(account.read_timeout, hint_timeout));
    if (!now || now->unit != before.amount.unit)
        co_return balance_evidence(charge_finding::unknown);
    co_return balance_evidence(charge_finding::unknown,
                               describe_difference(before.amount, *now, lost.expected) +
                                   ", which proves nothing: others may spend from the account too");
}

/// One read of an account that nobody else spends from. `unknown` ends the reading.
task<balance_evidence> compare_balance(run_context& c, const providers::account& account,
                                       const balance_snapshot& before, const ledger::effect_record& lost)
{
    const bool alone = co_await no_other_charges_since(c, account, lost.id, before.at);
    const bool refunds = co_await refunds_possible_since(c, account, lost.id, before.at);
    ULAK_FAILPOINT("doubt/asked");
    auto now = co_await account.balances->balance(c.clock().now() + account.read_timeout);
    if (!now)
        co_return balance_evidence(charge_finding::unknown, "the balance cannot be read: " + now.error().message);
    if (now->unit != before.amount.unit)
        co_return balance_evidence(charge_finding::unknown, "the balance is in " + now->unit + " now");
    const std::string text = describe_difference(before.amount, *now, lost.expected);
    const charge_finding seen = compare_balances(before.amount, *now, lost.expected);
    if (!alone)
        co_return balance_evidence(charge_finding::unknown,
                                   text + ", which proves nothing: other purchases moved it too");
    if (seen == charge_finding::not_charged && refunds)
        co_return balance_evidence(charge_finding::unknown,
                                   text + ", which proves nothing: money of others may have come back");
    co_return balance_evidence(seen, text);
}

} // namespace

charge_finding compare_balances(const money& before, const money& now, const money& expected)
{
    const decimal drop = before.amount - now.amount;
    if (drop.zero())
        return charge_finding::not_charged;
    return drop == expected.amount ? charge_finding::charged : charge_finding::unknown;
}

task<balance_evidence> gather_balance_evidence(run_context& c, const providers::account& account,
                                               std::optional<balance_snapshot> before,
                                               const ledger::effect_record& lost, balance_reads how_often)
{
    if (!account.balances || !before || before->amount.unit != lost.expected.unit || lost.expected.amount.zero())
        co_return balance_evidence(charge_finding::unknown);
    if (account.shared)
        co_return co_await read_hint(c, account, *before, lost);
    const async::steady_point start = c.clock().now();
    balance_evidence so_far(charge_finding::unknown);
    bool first = true;
    for (const auto after : evidence_schedule) {
        if (how_often == balance_reads::all)
            co_await sleep_until(c, start + after);
        if (c.stopping() || c.cancel_requested())
            co_return balance_evidence(charge_finding::interrupted);
        auto seen = co_await compare_balance(c, account, *before, lost);
        // It may be booked late: once charged it has to stay so, and "not charged" has to hold to the end.
        const bool charged_before = !first && so_far.finding == charge_finding::charged;
        if (charged_before && seen.finding != charge_finding::charged)
            co_return balance_evidence(charge_finding::unknown, seen.text);
        if (charged_before || seen.finding == charge_finding::unknown || how_often == balance_reads::one)
            co_return seen;
        so_far = std::move(seen);
        first = false;
    }
    co_return so_far;
}

} // namespace ulak::kinds
