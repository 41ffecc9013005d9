#include "ledger/detail/effects_table.hpp"

#include "ledger/detail/budget_check.hpp"
#include "ledger/detail/row_changes.hpp"
#include "ledger/detail/runs_table.hpp"
#include "ledger/detail/transitions.hpp"

#include <algorithm>

namespace ulak::ledger {
namespace {

/// A thousand million. A larger amount is an error of the provider; one that is asked for fits no budget.
constexpr decimal max_amount = decimal::from_integer(1'000'000'000);

result<void> check_record(const effect_record& e)
{
    if (e.id.empty() || e.attempt < 1 || e.state != effect_state::intent)
        return error(errc::invalid_argument, "an effect begins as intent, with an id and attempt 1 or later");
    if (e.expected.amount.negative())
        return error(errc::invalid_argument, "an effect cannot cost " + e.expected.text());
    if (e.expected.amount > max_amount)
        return error(errc::budget, e.expected.text() + " is more than any purchase may cost, whatever the budget");
    if (e.expected.unit.empty() && !e.expected.amount.zero())
        return error(errc::invalid_argument, "the cost of an effect has a unit");
    return {};
}

struct current_effect {
    effect_state state = effect_state::intent;
    std::string provider_ref{};
};

result<current_effect> find_current(database& db, const std::string& id)
{
    std::optional<current_effect> found;
    auto keep = [&found](const row& r) {
        found.emplace();
        found->state = parse_effect_state(r.text(0)).value_or(effect_state::written_off);
        found->provider_ref = r.text(1);
    };
    if (auto seen = db.for_each_row("SELECT state,provider_ref FROM effects WHERE id=?", keep, id); !seen)
        return seen.error();
    if (!found)
        return error(errc::not_found, "there is no effect " + id);
    return *std::move(found);
}

result<void> check_move(const current_effect& now, const move_effect& c)
{
    const auto label = "effect " + c.id.text() + " ";
    if (!may_follow(now.state, c.to))
        return error(errc::conflict,
                     label + "is " + std::string(name(now.state)) + " and cannot become " + std::string(name(c.to)));
    if (!now.provider_ref.empty() && !c.provider_ref.empty() && now.provider_ref != c.provider_ref)
        return error(errc::conflict, label + "already has the provider's id " + now.provider_ref);
    if (c.to == effect_state::accepted && now.provider_ref.empty() && c.provider_ref.empty())
        return error(errc::conflict, label + "cannot be accepted without the provider's id");
    return {};
}

result<void> write_move(database& db, const move_effect& c)
{
    std::optional<decimal> charged;
    std::string unit;
    if (c.charged) {
        charged = std::clamp(c.charged->amount, decimal(), max_amount);
        unit = c.charged->unit;
    }
    std::optional<wall_point> dispatched, settled;
    if (c.to == effect_state::dispatched)
        dispatched = c.at;
    if (is_settled(c.to))
        settled = c.at;
    // A charge in another unit is stored as it was reported; the cost then stays what was expected.
    return ignore_count(
        db.execute("UPDATE effects SET state=?2,provider_ref=iif(?3='',provider_ref,?3),"
                   "charged=coalesce(?4,charged),charged_unit=iif(?4 IS NULL,charged_unit,?5),"
                   "unit=iif(unit='' AND ?4 IS NOT NULL,?5,unit),evidence=iif(?6='',evidence,?6),"
                   "dispatched_at=coalesce(?7,dispatched_at),settled_at=coalesce(settled_at,?8),moved_at=?9"
                   " WHERE id=?1",
                   c.id.text(), name(c.to), c.provider_ref, charged, unit, c.evidence, dispatched, settled, c.at));
}

} // namespace

result<void> effects_table::check_attempts(const effect_record& e)
{
    std::string blocking;
    auto look = [&blocking](const row& r) {
        const auto state = parse_effect_state(r.text(1));
        if (!state || !allows_new_attempt(*state))
            blocking = r.text(0) + " is " + r.text(1);
    };
    auto seen =
        db_.for_each_row("SELECT attempt,state FROM effects WHERE run=? AND step=?", look, e.run.text(), e.step);
    if (!seen || blocking.empty())
        return seen;
    return error(errc::conflict, "attempt " + blocking + " at step " + e.step + " and may have taken effect");
}

result<void> effects_table::book(const intend& c)
{
    const auto& e = c.effect;
    if (auto sound = check_record(e); !sound)
        return sound;
    if (!e.run.empty())
        if (auto known = runs_table(db_).require(e.run); !known)
            return known;
    if (auto free = check_attempts(e); !free)
        return free;
    for (const auto& limit : c.limits)
        if (auto within = check_budget(db_, e, limit); !within)
            return within;
    return ignore_count(db_.execute(
        "INSERT INTO effects(id,run,step,attempt,job,account,provider,operation,state,unit,expected,digest,evidence,"
        "intended_at,moved_at,identity) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,'intent',?9,?10,?11,?12,?13,?13,?14)",
        e.id.text(), e.run.text(), e.step, std::int64_t(e.attempt), e.job, e.account, e.provider, e.operation,
        e.expected.unit, e.expected.amount, e.digest, e.evidence, e.intended_at, e.identity));
}

result<void> effects_table::check_ref_owner(const move_effect& c)
{
    auto owner =
        db_.query_text("SELECT o.id FROM effects e JOIN effects o ON o.owner=e.owner"
                       " AND o.operation=e.operation AND o.provider_ref=?2 AND o.provider_ref<>'' AND o.key<>e.key"
                       " WHERE e.id=?1",
                       c.id.text(), c.provider_ref);
    if (!owner)
        return owner.error();
    if (*owner)
        return error(errc::conflict, "effect " + **owner + " already owns the provider's id " + c.provider_ref);
    return {};
}

result<void> effects_table::move(const move_effect& c)
{
    auto now = find_current(db_, c.id.text());
    if (!now)
        return now.error();
    if (auto allowed = check_move(*now, c); !allowed)
        return allowed;
    if (!c.provider_ref.empty())
        if (auto free = check_ref_owner(c); !free)
            return free;
    return write_move(db_, c);
}

result<void> effects_table::refund(const refund_effect& c)
{
    if (c.amount.negative() || c.amount > max_amount)
        return error(errc::invalid_argument, "a refund cannot be " + c.amount.text());
    auto changed =
        db_.execute("UPDATE effects SET refunded=min(refunded+?2,?3) WHERE id=?1", c.id.text(), c.amount, max_amount);
    return require_change(std::move(changed), "there is no effect " + c.id.text());
}

result<std::optional<std::int64_t>> effects_table::key_of(const effect_id& id)
{
    if (id.empty())
        return std::optional<std::int64_t>();
    auto key = db_.query_integer("SELECT key FROM effects WHERE id=?", id.text());
    if (key && !*key)
        return error(errc::not_found, "there is no effect " + id.text());
    return key;
}

result<void> effects_table::extend_item_span(std::int64_t key, std::int64_t first, std::int64_t last)
{
    return ignore_count(db_.execute("UPDATE effects SET first_item=min(coalesce(first_item,?2),?2),"
                                    "last_item=max(coalesce(last_item,?3),?3) WHERE key=?1",
                                    key, first, last));
}

} // namespace ulak::ledger
