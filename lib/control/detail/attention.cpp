#include "control/detail/attention.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/list_page.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/run_views.hpp"

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t max_entries = 5'000;

} // namespace

task<http::reply> get_attention(request_context& c)
{
    auto limit = parse_page_limit(c, max_entries, max_entries);
    if (!limit)
        co_return problem(limit.error());
    const auto all = parse_flag(c.request, "all");
    if (!all)
        co_return problem(all.error());
    list_page page(c, "attention", *limit);
    ledger::attention_query q;
    q.open_only = !*all;
    q.after = std::string(c.request.parameter("after"));
    q.limit = page.wanted();
    auto found = co_await c.store().attention_page(std::move(q));
    if (!found)
        co_return problem(found.error());
    auto as_json = [](const ledger::attention_record& entry) { return view(entry); };
    auto cursor_of = [](const ledger::attention_record& entry) { return entry.id; };
    co_await fill_page(page, *found, as_json, cursor_of);
    co_return std::move(page).reply();
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
