#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/reads.hpp"
#include "ledger/detail/transitions.hpp"

#include <algorithm>
#include <map>

namespace ulak::ledger::reads {
namespace {

effect_record read_effect(const row& r)
{
    effect_record out;
    out.id = effect_id(r.text(0));
    out.run = run_id(r.text(1));
    out.step = r.text(2);
    out.attempt = static_cast<int>(r.integer(3));
    out.job = r.text(4);
    out.account = r.text(5);
    out.provider = r.text(6);
    out.operation = r.text(7);
    out.state = parse_effect_state(r.text(8)).value_or(effect_state::written_off);
    out.expected = money(r.amount(9), r.text(10));
    if (!r.is_null(11))
        out.charged = money(r.amount(11), r.text(12));
    out.refunded = r.amount(13);
    out.digest = r.text(14);
    out.provider_ref = r.text(15);
    out.evidence = r.text(16);
    out.intended_at = r.time(17);
    out.dispatched_at = r.optional_time(18);
    out.settled_at = r.optional_time(19);
    return out;
}

attention_record read_attention(const row& r)
{
    attention_record out;
    out.id = r.text(0);
    out.run = run_id(r.text(1));
    out.job = r.text(2);
    out.account = r.text(3);
    out.kind = r.text(4);
    out.amount = money(r.amount(5), r.text(6));
    out.at = r.time(7);
    out.evidence = r.text(8);
    out.effect = effect_id(r.text(9));
    out.outcome = r.text(10);
    if (!r.is_null(11))
        out.resolved_by = static_cast<std::uint32_t>(r.integer(11));
    out.resolved_at = r.optional_time(12);
    return out;
}

std::string day_text(const time_zone& zone, wall_point at)
{
    return format_civil(zone.to_civil(at), "%Y-%m-%d");
}

/// Sums of effects that share a key; the key of a day is made of the quarter of an hour, which no zone's midnight cuts.
struct spend_sum {
    std::string key{}, unit{};
    wall_point quarter{};
    decimal spent{}, open{};
    std::int64_t effects = 0;
};

spend_sum read_sum(const row& r)
{
    spend_sum out;
    out.key = r.text(0);
    out.quarter = r.time(1);
    out.unit = r.text(2);
    out.spent = r.amount(3);
    out.open = r.amount(4);
    out.effects = r.integer(5);
    return out;
}

bool is_unsettled(effect_state s) noexcept
{
    return s == effect_state::intent || s == effect_state::dispatched || s == effect_state::ambiguous ||
           s == effect_state::orphaned;
}

#define ULAK_UNSETTLED "state IN('intent','dispatched','ambiguous','orphaned')"

/// What `since` and `refs` ask for, each by its own index: SQLite takes one of them only where the question repeats its
/// condition.
std::string recent_keys_query(const effect_query& q)
{
    std::string sql = "SELECT key FROM effects INDEXED BY effects_lately WHERE account=?2 AND last_at>=?4"
                      " UNION SELECT key FROM effects INDEXED BY effects_unsettled WHERE " ULAK_UNSETTLED;
    if (!q.refs.empty() && !q.operation.empty())
        sql += " UNION SELECT key FROM effects INDEXED BY effects_one_owner WHERE account=?2 AND operation=?6"
               " AND provider_ref<>'' AND provider_ref IN(SELECT value FROM json_each(?5))";
    return sql;
}

/// Of those without a final outcome there are few among all that ever were: they have an index of their own.
std::string effects_source(const effect_query& q)
{
    const bool few = !q.states.empty() && q.run.empty() && std::ranges::all_of(q.states, is_unsettled);
    if (few)
        return "effects INDEXED BY effects_unsettled WHERE " ULAK_UNSETTLED;
    if (q.since && !q.account.empty())
        return "effects NOT INDEXED WHERE key IN(" + recent_keys_query(q) + ")";
    return q.since ? "effects WHERE (last_at>=?4 OR " ULAK_UNSETTLED ")" : "effects WHERE 1";
}

#undef ULAK_UNSETTLED

/// So that every parameter stands in the question, whatever is asked.
constexpr char bind_all_parameters[] = " AND coalesce(?1,?2,?3,?4,?5,?6) IS NOT NULL ORDER BY key";

std::string spend_query(spend_grouping by)
{
    const char* key = by == spend_grouping::job ? "job" : by == spend_grouping::account ? "account" : "''";
    const char* quarter = by == spend_grouping::day ? "intended_at/900000*900000" : "0";
    return std::string("SELECT ") + key + " k," + quarter +
           " q,unit,sum(iif(state='accepted',cost,0)),sum(iif(state='accepted',0,held)),count(*) FROM effects"
           " WHERE state IN('intent','dispatched','accepted','ambiguous','orphaned','written_off') GROUP BY k,q,unit";
}

} // namespace

result<std::vector<effect_record>> effects(database& db, const effect_query& q)
{
    std::string sql = "SELECT id,run,step,attempt,job,account,provider,operation,state,expected,unit,charged,"
                      "charged_unit,refunded,digest,provider_ref,evidence,intended_at,dispatched_at,settled_at"
                      " FROM " +
                      effects_source(q);
    if (!q.run.empty())
        sql += " AND run=?1";
    if (!q.account.empty())
        sql += " AND account=?2";
    if (!q.operation.empty())
        sql += " AND operation=?6";
    if (!q.states.empty())
        sql += " AND state IN(SELECT value FROM json_each(?3))";
    return collect(db, sql + bind_all_parameters, read_effect, q.run, q.account, json_names(q.states), q.since, json_texts(q.refs),
                   q.operation);
}

result<std::vector<attention_record>> attention(database& db, bool open_only)
{
    std::string sql = "SELECT id,run,job,account,kind,amount,unit,at,evidence,effect,outcome,resolved_by,resolved_at"
                      " FROM attention";
    if (open_only)
        sql += " WHERE outcome=''";
    return collect(db, sql + " ORDER BY at,id", read_attention);
}

result<std::vector<spend_total>> spend_totals(database& db, spend_grouping by, const time_zone& zone)
{
    auto sums = collect(db, spend_query(by), read_sum);
    if (!sums)
        return sums.error();
    std::map<std::pair<std::string, std::string>, spend_sum> folded;
    for (const auto& s : *sums) {
        const auto key = by == spend_grouping::day ? day_text(zone, s.quarter) : s.key;
        auto& into = folded[{key, s.unit}];
        into.spent = into.spent + s.spent;
        into.open = into.open + s.open;
        into.effects += s.effects;
    }
    std::vector<spend_total> rows;
    for (const auto& [key, total] : folded)
        rows.push_back({key.first, money(total.spent, key.second), money(total.open, key.second), total.effects});
    return rows;
}

} // namespace ulak::ledger::reads
