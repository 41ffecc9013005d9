#include "control/detail/run_details.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/run_views.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t max_items = 10'000;

result<ledger::item_query> read_item_query(request_context& c)
{
    ledger::item_query q;
    q.run = run_id(c.path_param("id"));
    auto states = parse_states(c.request, ledger::parse_item_state);
    if (!states)
        return states.error();
    auto limit = parse_limit(c.request, 1000, max_items);
    if (!limit)
        return limit.error();
    q.states = std::move(*states);
    q.limit = *limit;
    const std::string_view after = c.request.parameter("after");
    const auto [stop, wrong] = std::from_chars(after.data(), after.data() + after.size(), q.after);
    if (!after.empty() && (wrong != std::errc() || stop != after.data() + after.size()))
        return error(errc::invalid_argument, "after: the position of the last recipient that you have");
    return q;
}

} // namespace

task<http::reply> get_items(request_context& c)
{
    auto q = read_item_query(c);
    if (!q)
        co_return problem(q.error());
    auto run = co_await c.store().run(q->run);
    if (!run)
        co_return problem(run.error());
    auto found = co_await c.store().items(std::move(*q));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::item_record& item : *found)
        all.push_back(view(item));
    co_return json_reply(c, {{"items", std::move(all)}});
}

task<http::reply> get_effects(request_context& c)
{
    auto run = co_await c.store().run(run_id(c.path_param("id")));
    if (!run)
        co_return problem(run.error());
    ledger::effect_query q;
    q.run = c.path_param("id");
    auto found = co_await c.store().effects(std::move(q));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::effect_record& effect : *found)
        all.push_back(view(effect));
    co_return json_reply(c, {{"effects", std::move(all)}});
}

} // namespace ulak::control
