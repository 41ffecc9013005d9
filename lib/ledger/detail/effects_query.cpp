#include "ledger/detail/effects_query.hpp"

#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/transitions.hpp"

#include <algorithm>

namespace ulak::ledger {
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
    out.identity = r.text(20);
    return out;
}

bool is_unsettled(effect_state s) noexcept
{
    return s == effect_state::intent || s == effect_state::dispatched || s == effect_state::ambiguous ||
           s == effect_state::orphaned;
}

#define ULAK_UNSETTLED "state IN('intent','dispatched','ambiguous','orphaned')"

/// The keys that `since` and `refs` select, each by its own index: SQLite uses a partial index only where the query
/// repeats its condition.
std::string recent_keys_query(const effect_query& q)
{
    std::string sql = "SELECT key FROM effects INDEXED BY effects_lately WHERE account=?2 AND last_at>=?4"
                      " UNION SELECT key FROM effects INDEXED BY effects_unsettled WHERE " ULAK_UNSETTLED;
    if (!q.identity.empty())
        sql += " UNION SELECT key FROM effects INDEXED BY effects_lately_by_identity WHERE identity=?7 AND last_at>=?4";
    if (!q.refs.empty() && !q.operation.empty())
        sql += " UNION SELECT key FROM effects INDEXED BY effects_one_owner WHERE owner IN(?2,?7) AND operation=?6"
               " AND provider_ref<>'' AND provider_ref IN(SELECT value FROM json_each(?5))";
    return sql;
}

/// Effects without a final outcome are few among all that ever were, and have an index of their own.
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

/// Names every parameter, so that all can be bound whatever is asked.
constexpr char bind_all_parameters[] = " AND coalesce(?1,?2,?3,?4,?5,?6,?7,?8) IS NOT NULL ORDER BY key LIMIT ?9";

constexpr std::size_t no_limit = static_cast<std::size_t>(-1);

} // namespace

result<std::vector<effect_record>> read_effects(database& db, const effect_query& q)
{
    std::string sql = "SELECT id,run,step,attempt,job,account,provider,operation,state,expected,unit,charged,"
                      "charged_unit,refunded,digest,provider_ref,evidence,intended_at,dispatched_at,settled_at,identity"
                      " FROM " +
                      effects_source(q);
    if (!q.run.empty())
        sql += " AND run=?1";
    if (!q.account.empty())
        sql += q.identity.empty() ? " AND account=?2" : " AND (account=?2 OR identity=?7)";
    if (!q.operation.empty())
        sql += " AND operation=?6";
    if (!q.states.empty())
        sql += " AND state IN(SELECT value FROM json_each(?3))";
    if (!q.after.empty())
        sql += " AND key>(SELECT key FROM effects WHERE id=?8)";
    return collect(db, sql + bind_all_parameters, read_effect, q.run, q.account, json_names(q.states), q.since,
                   json_texts(q.refs), q.operation, q.identity, q.after, to_limit(q.limit.value_or(no_limit)));
}

} // namespace ulak::ledger
