#include "ledger/detail/budget_check.hpp"

namespace ulak::ledger {
namespace {

/// Sums what is held. Only the fields that are set become conditions, so that each combination finds its index.
std::string held_sum(const budget_limit& limit, std::string_view whose)
{
    std::string sql = "(SELECT ifnull(sum(held),0) FROM effects WHERE unit=?1";
    if (!limit.run.empty())
        sql += " AND run=?2";
    if (!limit.job.empty())
        sql += " AND job=?3";
    sql += whose;
    if (limit.since)
        sql += " AND intended_at>=?5";
    return sql + ")";
}

/// An account's limit counts what was bought under its name, and under other names of the same login.
std::string held_amount_query(const budget_limit& limit)
{
    std::string sql = "SELECT " + held_sum(limit, limit.account.empty() ? "" : " AND account=?4");
    if (!limit.account.empty() && !limit.identity.empty())
        sql += "+" + held_sum(limit, " AND identity=?6 AND account<>?4");
    // SQLite refuses values beyond the last parameter that the text names.
    return sql + " WHERE coalesce(?1,?2,?3,?4,?5,?6) IS NOT NULL";
}

error over_limit(const budget_limit& limit, decimal held, const money& asked)
{
    const auto& unit = limit.limit.unit;
    return error(errc::budget, "the " + limit.name + " budget of " + limit.limit.text() + " would be passed: " +
                                   money(held, unit).text() + " are spent or booked, " + asked.text() + " are asked");
}

} // namespace

result<void> check_budget(database& db, const effect_record& e, const budget_limit& limit)
{
    const auto& unit = limit.limit.unit;
    if (e.expected.unit != unit && !e.expected.amount.zero())
        return error(errc::budget, "the " + limit.name + " budget is in " + unit + " and the call costs " +
                                       e.expected.text() + ": give the budget in that unit");
    auto held = db.query_integer(held_amount_query(limit), unit, limit.run, limit.job, limit.account, limit.since,
                                 limit.identity);
    if (!held)
        return held.error();
    const auto sum = decimal::from_micros(held->value_or(0));
    if (sum + e.expected.amount > limit.limit.amount)
        return over_limit(limit, sum, e.expected);
    return {};
}

} // namespace ulak::ledger
