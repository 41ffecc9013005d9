#include "control/detail/attention.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/run_views.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

task<http::reply> get_attention(request_context& c)
{
    auto found = co_await c.store().attention(c.request.parameter("all") != "1");
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::attention_record& entry : *found)
        all.push_back(view(entry));
    co_return json_reply(c, {{"attention", std::move(all)}});
}

task<http::reply> post_resolve(request_context& c)
{
    auto body = parse_body(c.request, {"outcome"});
    if (!body)
        co_return problem(body.error());
    const json::value* outcome = body->if_contains("outcome");
    if (!outcome || !outcome->is_string())
        co_return problem(400, "invalid_argument", "outcome: done, not-done or write-off is needed");
    auto settled =
        co_await c.engine().resolve(c.path_param("id"), std::string(outcome->get_string()), c.request.remote.uid);
    if (!settled)
        co_return problem(settled.error());
    co_return json_reply(c, view(*settled));
}

} // namespace ulak::control
