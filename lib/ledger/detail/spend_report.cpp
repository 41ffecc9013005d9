#include "ledger/detail/spend_report.hpp"

#include "ledger/detail/query_lists.hpp"

namespace ulak::ledger {
namespace {

/// As the table numbers them.
std::int64_t number_of(spend_grouping by) noexcept
{
    return by == spend_grouping::job ? 0 : by == spend_grouping::account ? 1 : 2;
}

spend_sum read_sum(const row& r)
{
    spend_sum out;
    out.name = r.text(0);
    out.quarter = r.time(1);
    out.unit = r.text(2);
    out.spent = r.amount(3);
    out.open = r.amount(4);
    out.effects = r.integer(5);
    return out;
}

constexpr std::string_view select_sums = "SELECT name,quarter,unit,spent,open,effects FROM spend_sums WHERE grouping=?";

} // namespace

result<std::vector<spend_sum>> read_spend_sums(database& db, spend_grouping by, const spend_cursor& after,
                                               std::size_t limit)
{
    std::string sql(select_sums);
    if (!after)
        return collect(db, sql + " ORDER BY name,quarter,unit LIMIT ?", read_sum, number_of(by), to_limit(limit));
    return collect(db, sql + " AND (name,quarter,unit)>(?,?,?) ORDER BY name,quarter,unit LIMIT ?", read_sum,
                   number_of(by), after->name, after->quarter, after->unit, to_limit(limit));
}

void spend_report::add(const std::vector<spend_sum>& sums)
{
    for (const auto& s : sums) {
        const auto key = by_ == spend_grouping::day ? format_civil(zone_.to_civil(s.quarter), "%Y-%m-%d") : s.name;
        auto& into = folded_[{key, s.unit}];
        into.spent = into.spent + s.spent;
        into.open = into.open + s.open;
        into.effects += s.effects;
    }
}

std::vector<spend_total> spend_report::rows() const
{
    std::vector<spend_total> all;
    for (const auto& [key, total] : folded_)
        all.push_back({key.first, money(total.spent, key.second), money(total.open, key.second), total.effects});
    return all;
}

} // namespace ulak::ledger
