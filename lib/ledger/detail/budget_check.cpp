#include "ledger/detail/budget_check.hpp"

namespace ulak::ledger {
namespace {

/// Sums what is held, whole units and millionths apart: no sum of bounded effects reaches the end of 64 bits, where
/// SQLite gives up. Only the fields that are set become conditions, so that each combination finds its index. What a
/// run's own purchases may cost is not used up by the notices about it.
std::string held_sum(const budget_limit& limit, bool of_notices_too, std::string_view whose)
{
    std::string sql = "SELECT ifnull(sum(held/1000000),0) units,ifnull(sum(held%1000000),0) millionths"
                      " FROM effects WHERE unit=?1";
    if (!limit.run.empty())
        sql += of_notices_too ? " AND run=?2" : " AND run=?2 AND step NOT GLOB 'notice/*'";
    if (!limit.job.empty())
        sql += " AND job=?3";
    sql += whose;
    if (limit.since)
        sql += " AND intended_at>=?5";
    return sql;
}

/// An account's limit counts what was bought under its name, and under other names of the same login: a row each.
std::string held_amount_query(const budget_limit& limit, bool of_notices_too)
{
    std::string sql = "SELECT units,millionths FROM (" +
                      held_sum(limit, of_notices_too, limit.account.empty() ? "" : " AND account=?4");
    if (!limit.account.empty() && !limit.identity.empty())
        sql += " UNION ALL " + held_sum(limit, of_notices_too, " AND identity=?6 AND account<>?4");
    // SQLite refuses values beyond the last parameter that the text names.
    return sql + ") WHERE coalesce(?1,?2,?3,?4,?5,?6) IS NOT NULL";
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
    const bool for_notice = e.step.starts_with("notice/");
    decimal sum;
    auto add = [&sum](const row& r) { sum = sum + decimal::from_integer(r.integer(0)) + r.amount(1); };
    auto seen = db.for_each_row(held_amount_query(limit, for_notice), add, unit, limit.run, limit.job, limit.account,
                                limit.since, limit.identity);
    if (!seen)
        return seen;
    const auto after = sum + e.expected.amount;
    if (after.overflowed() || limit.limit.amount.overflowed() || after > limit.limit.amount)
        return over_limit(limit, sum, e.expected);
    return {};
}

} // namespace ulak::ledger
