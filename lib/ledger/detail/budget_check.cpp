#include "ledger/detail/budget_check.hpp"

namespace ulak::ledger {
namespace {

/// Sums what is held. Only the fields that are set become conditions, so that each combination finds its index.
std::string held_amount_query(const budget_limit& limit)
{
    std::string sql = "SELECT sum(held) FROM effects WHERE unit=?1";
    if (!limit.run.empty())
        sql += " AND run=?2";
    if (!limit.job.empty())
        sql += " AND job=?3";
    if (!limit.account.empty())
        sql += " AND account=?4";
    if (limit.since)
        sql += " AND intended_at>=?5";
    // SQLite refuses values beyond the last parameter that the text names.
    return sql + " AND ?6 IS NULL";
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
                                 std::nullopt);
    if (!held)
        return held.error();
    const auto sum = decimal::from_micros(held->value_or(0));
    if (sum + e.expected.amount > limit.limit.amount)
        return over_limit(limit, sum, e.expected);
    return {};
}

} // namespace ulak::ledger
