#include "control/detail/spend.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/view_parts.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>

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
    time_zone zone = c.server.deps.zone;
    auto rows = co_await c.store().spend_totals(*by, std::move(zone));
    if (!rows)
        co_return problem(rows.error());
    json::array all;
    for (const ledger::spend_total& row : *rows)
        all.push_back(spend_view(row, name(*by)));
    co_return json_reply(c, {{"spend", std::move(all)}});
}

} // namespace ulak::control
