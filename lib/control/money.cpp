#include "control/detail/handlers.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/views.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

result<ledger::spend_grouping> parse_spend_by(const http::incoming_request& in)
{
    const std::string_view by = in.parameter("by");
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

} // namespace

task<http::reply> get_attention(request_context& c)
{
    auto found = co_await c.server.store().attention(c.request.parameter("all") != "1");
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::attention_record& entry : *found)
        all.push_back(view(entry, c.masked()));
    co_return json_reply({{"attention", std::move(all)}});
}

task<http::reply> post_resolve(request_context& c)
{
    auto body = parse_body(c.request, {"outcome"});
    if (!body)
        co_return problem(body.error());
    const json::value* outcome = body->if_contains("outcome");
    if (!outcome || !outcome->is_string())
        co_return problem(400, "invalid_argument", "outcome: done, not-done or write-off is needed");
    auto settled = co_await c.server.deps.engine.resolve(c.path_param("id"), std::string(outcome->get_string()), c.request.remote.uid);
    if (!settled)
        co_return problem(settled.error());
    co_return json_reply(view(*settled, c.masked()));
}

task<http::reply> get_balance(request_context& c)
{
    auto read = co_await c.server.deps.engine.balance(c.path_param("a"));
    if (!read)
        co_return problem(read.error());
    json::object o;
    o["account"] = read->account;
    o["balance"] = read->balance.amount_text();
    o["unit"] = read->balance.unit;
    o["at"] = rfc3339(read->at);
    co_return json_reply(o);
}

task<http::reply> get_services(request_context& c)
{
    auto found = co_await c.server.deps.engine.services(c.path_param("a"));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const providers::service& s : *found)
        all.push_back(view(s));
    co_return json_reply({{"services", std::move(all)}});
}

task<http::reply> get_spend(request_context& c)
{
    auto by = parse_spend_by(c.request);
    if (!by)
        co_return problem(by.error());
    time_zone zone = c.server.deps.zone;
    auto rows = co_await c.server.store().spend_totals(*by, std::move(zone));
    if (!rows)
        co_return problem(rows.error());
    json::array all;
    for (const ledger::spend_total& row : *rows)
        all.push_back(view(row, name(*by)));
    co_return json_reply({{"spend", std::move(all)}});
}

} // namespace ulak::control
