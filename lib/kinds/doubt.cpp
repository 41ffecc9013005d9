#include "kinds/doubt.hpp"

#include "events/names.hpp"
#include "kinds/waiting.hpp"

#include <unistd.h>

#include <algorithm>

namespace ulak::kinds {

using ledger::effect_state;

/// A provider may book a call that nobody answered this much later.
constexpr std::chrono::minutes late_bookings(5);

task<result<ledger::effect_record>> find_effect(context& c, effect_id id)
{
    ledger::effect_query q;
    q.run = c.run().id.text();
    auto reading = c.store().effects(std::move(q));
    auto all = co_await std::move(reading);
    if (!all)
        co_return all.error();
    for (const ledger::effect_record& e : *all)
        if (e.id == id)
            co_return e;
    co_return error(errc::not_found, "no effect " + id.text());
}

task<bool> account_is_quiet(context& c, const std::string& account, const effect_id& but, wall_point since)
{
    ledger::effect_query q;
    q.account = account;
    auto reading = c.store().effects(std::move(q));
    auto all = co_await std::move(reading);
    if (!all)
        co_return false;
    co_return std::none_of(all->begin(), all->end(), [&](const ledger::effect_record& e) {
        if (e.id == but)
            return false;
        const wall_point settled = e.settled_at.value_or(e.intended_at);
        const bool may_be_booked_late = e.state == effect_state::ambiguous && settled + late_bookings > since;
        return e.intended_at >= since || settled > since || e.state == effect_state::dispatched || may_be_booked_late;
    });
}

task<finding> ask_balance(context& c, const providers::account& who, std::optional<money> before,
                          const ledger::effect_record& lost)
{
    if (who.shared || !who.balances || !before || before->unit != lost.expected.unit || lost.expected.amount.zero())
        co_return finding::unknown;
    const async::steady_point start = c.time().now();
    std::optional<finding> so_far;
    for (const auto after : evidence_times) {
        co_await nap_until(c, start + after);
        if (c.stopping() || c.cancel_asked())
            co_return finding::interrupted;
        auto asking = account_is_quiet(c, who.name, lost.id, lost.intended_at);
        const bool quiet = co_await std::move(asking);
        auto reading = who.balances->balance(c.time().now() + who.read_timeout);
        auto now = co_await std::move(reading);
        if (!quiet || !now || now->unit != before->unit)
            co_return finding::unknown;
        const decimal drop = before->amount - now->amount;
        finding seen = finding::unknown;
        if (drop.zero())
            seen = finding::not_charged;
        else if (drop == lost.expected.amount)
            seen = finding::charged;
        // It may be booked late: once charged it has to stay so, and "not charged" has to hold to the end.
        if (seen == finding::unknown || (so_far == finding::charged && seen != finding::charged))
            co_return finding::unknown;
        if (so_far == finding::charged)
            co_return finding::charged;
        so_far = seen;
    }
    co_return *so_far;
}

task<ledger::batch> close_entry(context& c, std::string id, std::string outcome)
{
    ledger::batch all;
    auto reading = c.store().attention(true);
    auto open = co_await std::move(reading);
    if (!open ||
        std::none_of(open->begin(), open->end(), [&](const ledger::attention_record& a) { return a.id == id; }))
        co_return all;
    ledger::resolve_attention resolve;
    resolve.id = id;
    resolve.outcome = outcome;
    resolve.uid = ::geteuid();
    resolve.at = c.time().wall_now();
    all.push_back(std::move(resolve));
    boost::json::object data;
    data["attention"] = id;
    data["outcome"] = outcome;
    data["by"] = "evidence";
    all.push_back(c.event(events::attention_resolved, events::level::notice, "settled by evidence", std::move(data)));
    co_return all;
}

task<ledger::batch> settled_by_evidence(context& c, const ledger::effect_record& lost, ledger::move_effect move,
                                        std::string outcome)
{
    auto closing = close_entry(c, lost.id.text(), outcome);
    auto closed = co_await std::move(closing);
    boost::json::object data;
    data["effect"] = lost.id.text();
    data["step"] = lost.step;
    data["outcome"] = std::string(ledger::name(move.to));
    auto told = c.event(events::effect_reconciled, events::level::notice,
                        lost.operation + " at " + lost.account + ": " + move.evidence, std::move(data));
    told.what.account = lost.account;
    told.what.provider = lost.provider;
    move.at = c.time().wall_now();
    ledger::batch all;
    all.push_back(std::move(move));
    all.insert(all.end(), closed.begin(), closed.end());
    all.push_back(std::move(told));
    co_return all;
}

} // namespace ulak::kinds
