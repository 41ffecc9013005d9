#include "ledger/detail/spend_report.hpp"

#include "ledger/detail/query_lists.hpp"

#include <map>

namespace ulak::ledger {
namespace {

std::string day_text(const time_zone& zone, wall_point at)
{
    return format_civil(zone.to_civil(at), "%Y-%m-%d");
}

/// The sum of the effects that share a key. Days are summed by quarters of an hour first: no zone's midnight falls
/// inside of one.
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
    out.spent = decimal::from_integer(r.integer(3)) + r.amount(4);
    out.open = decimal::from_integer(r.integer(5)) + r.amount(6);
    out.effects = r.integer(7);
    return out;
}

std::string spend_query(spend_grouping by)
{
    const char* key = by == spend_grouping::job ? "job" : by == spend_grouping::account ? "account" : "''";
    const char* quarter = by == spend_grouping::day ? "intended_at/900000*900000" : "0";
    return std::string("SELECT ") + key + " k," + quarter +
           " q,unit,sum(iif(state='accepted',cost/1000000,0)),sum(iif(state='accepted',cost%1000000,0)),"
           "sum(iif(state='accepted',0,held/1000000)),sum(iif(state='accepted',0,held%1000000)),count(*) FROM effects"
           " WHERE state IN('intent','dispatched','accepted','ambiguous','orphaned','written_off') GROUP BY k,q,unit";
}

} // namespace

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

} // namespace ulak::ledger
