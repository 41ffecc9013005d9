#include "control/detail/spend.hpp"

#include "control/detail/list_page.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/view_parts.hpp"
#include "core/text.hpp"

namespace ulak::control {

namespace json = boost::json;

namespace {

result<ledger::spend_grouping> parse_spend_by(const http::incoming_request& request)
{
    const std::string_view by = request.parameter("by");
    if (by.empty() || by == "job")
        return ledger::spend_grouping::job;
    if (by == "account")
        return ledger::spend_grouping::account;
    if (by == "day")
        return ledger::spend_grouping::day;
    return error(errc::invalid_argument, "by: job, account or day");
}

std::string_view name(ledger::spend_grouping by) noexcept
{
    return by == ledger::spend_grouping::job ? "job" : by == ledger::spend_grouping::account ? "account" : "day";
}

constexpr std::size_t max_rows = 10'000;

/// Rows are in the order of key and unit, which no two of them share.
std::string cursor_of(const ledger::spend_total& row)
{
    return row.key + " " + row.spent.unit;
}

json::object spend_view(const ledger::spend_total& row, std::string_view by)
{
    json::object o;
    o[by] = row.key;
    o["spent"] = money_or_null(row.spent);
    o["open"] = money_or_null(row.open);
    o["effects"] = row.effects;
    return o;
}

} // namespace

task<http::reply> get_spend(request_context& c)
{
    auto by = parse_spend_by(c.request);
    if (!by)
        co_return problem(by.error());
    auto limit = parse_page_limit(c, max_rows, max_rows);
    if (!limit)
        co_return problem(limit.error());
    time_zone zone = c.server.deps.zone;
    auto rows = co_await c.store().spend_totals(*by, std::move(zone));
    if (!rows)
        co_return problem(rows.error());
    const auto after = c.request.parameter("after");
    list_page page(c, "spend", *limit);
    for (const ledger::spend_total& row : *rows)
        if (cursor_of(row) > after &&
            !page.add(spend_view(row, name(*by)), c.masked() ? public_cursor(cursor_of(row)) : cursor_of(row)))
            break;
    co_return std::move(page).reply();
}

} // namespace ulak::control
