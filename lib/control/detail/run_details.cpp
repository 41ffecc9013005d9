#include "control/detail/run_details.hpp"

#include "control/detail/list_page.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/run_views.hpp"

#include <charconv>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t max_items = 10'000, max_effects = 5'000;

result<ledger::item_query> read_item_query(request_context& c)
{
    ledger::item_query q;
    q.run = run_id(c.path_param("id"));
    auto states = parse_states(c.request, ledger::parse_item_state);
    if (!states)
        return states.error();
    auto limit = parse_page_limit(c, 1000, max_items);
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
    list_page page(c, "items", q->limit);
    q->limit = page.wanted();
    q->is_report = true;
    auto found = co_await c.store().items(std::move(*q));
    if (!found)
        co_return problem(found.error());
    auto as_json = [](const ledger::item_record& item) { return view(item); };
    auto cursor_of = [](const ledger::item_record& item) { return std::to_string(item.position); };
    co_await fill_page(page, *found, as_json, cursor_of);
    co_return std::move(page).reply();
}

task<http::reply> get_effects(request_context& c)
{
    auto run = co_await c.store().run(run_id(c.path_param("id")));
    if (!run)
        co_return problem(run.error());
    auto limit = parse_page_limit(c, max_effects, max_effects);
    if (!limit)
        co_return problem(limit.error());
    list_page page(c, "effects", *limit);
    ledger::effect_query q;
    q.run = c.path_param("id");
    q.after = std::string(c.request.parameter("after"));
    q.limit = page.wanted();
    q.is_report = true;
    auto found = co_await c.store().effects(std::move(q));
    if (!found)
        co_return problem(found.error());
    auto as_json = [](const ledger::effect_record& effect) { return view(effect); };
    auto cursor_of = [](const ledger::effect_record& effect) { return effect.id.text(); };
    co_await fill_page(page, *found, as_json, cursor_of);
    co_return std::move(page).reply();
}

} // namespace ulak::control
