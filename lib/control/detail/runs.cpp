#include "control/detail/runs.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/list_page.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/run_start.hpp"
#include "control/detail/run_views.hpp"

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t max_runs = 1000;

result<engine::start_request> read_run_request(request_context& c)
{
    auto body = parse_body(c.request, {"params", "only", "of"});
    if (!body)
        return body.error();
    auto r = read_start_request(c.request, c.path_param("job"));
    if (!r)
        return r;
    if (json::value* params = body->if_contains("params")) {
        if (!params->is_object())
            return error(errc::invalid_argument, "params must be an object");
        r->params = std::move(params->get_object());
    }
    for (const auto& [key, field] : {std::pair("only", &r->only), std::pair("of", &r->of)}) {
        const json::value* text = body->if_contains(key);
        if (text && !text->is_string())
            return error(errc::invalid_argument, std::string(key) + " must be a text");
        *field = text ? std::string(text->get_string()) : std::string();
    }
    return r;
}

/// With what the run waits for, where its account changed: a cancellation waits with it.
json::object view_with_wait(request_context& c, const ledger::run_record& run)
{
    json::object o = view(run);
    if (auto why = c.engine().waits_for_account(run.id); !why.empty())
        o["waits"] = json::object{{"for", "adopt"}, {"until", nullptr}, {"why", std::move(why)}};
    return o;
}

} // namespace

task<http::reply> post_run(request_context& c)
{
    auto request = read_run_request(c);
    if (!request)
        co_return problem(request.error());
    co_return co_await start_and_follow(c, std::move(*request));
}

task<http::reply> get_runs(request_context& c)
{
    ledger::run_query q;
    q.job = std::string(c.request.parameter("job"));
    q.before = std::string(c.request.parameter("before"));
    if (!q.before.empty() && !is_ulid(q.before))
        co_return problem(400, "invalid_argument", "before: a run's id is needed, the `next` of the page before");
    auto states = parse_states(c.request, ledger::parse_run_state);
    if (!states)
        co_return problem(states.error());
    auto limit = parse_page_limit(c, 50, max_runs);
    if (!limit)
        co_return problem(limit.error());
    q.states = std::move(*states);
    list_page page(c, "runs", *limit);
    q.limit = page.wanted();
    q.is_report = true;
    auto found = co_await c.store().runs(std::move(q));
    if (!found)
        co_return problem(found.error());
    auto as_json = [](const ledger::run_record& run) { return view(run); };
    auto cursor_of = [](const ledger::run_record& run) { return run.id.text(); };
    co_await fill_page(page, *found, as_json, cursor_of);
    co_return std::move(page).reply();
}

task<http::reply> get_run(request_context& c)
{
    auto wait = parse_wait(c.request);
    if (!wait)
        co_return problem(wait.error());
    bool broken_off = false;
    auto run = co_await wait_for_end(c, run_id(c.path_param("id")), *wait, &broken_off);
    if (!run)
        co_return problem(run.error());
    if (broken_off)
        co_return busy("others needed the place of this wait; ask again");
    co_return json_reply(c, view_with_wait(c, *run));
}

task<http::reply> post_cancel(request_context& c)
{
    auto wait = parse_wait(c.request);
    if (!wait)
        co_return problem(wait.error());
    const run_id id(c.path_param("id"));
    auto asked = co_await c.engine().cancel(id);
    if (!asked)
        co_return problem(asked.error());
    auto run = co_await wait_for_end(c, id, *wait);
    if (!run)
        co_return problem(run.error());
    co_return json_reply(c, view_with_wait(c, *run), ledger::is_final(run->state) ? 200 : 202);
}

namespace {

task<http::reply> reply_with_run(request_context& c, run_id id)
{
    auto run = co_await c.store().run(std::move(id));
    if (!run)
        co_return problem(run.error());
    co_return json_reply(c, view(*run));
}

} // namespace

task<http::reply> post_run_pause(request_context& c)
{
    const run_id id(c.path_param("id"));
    auto held = co_await c.engine().pause_run(id);
    if (!held)
        co_return problem(held.error());
    co_return co_await reply_with_run(c, id);
}

task<http::reply> post_run_resume(request_context& c)
{
    const run_id id(c.path_param("id"));
    auto resumed = co_await c.engine().resume_run(id);
    if (!resumed)
        co_return problem(resumed.error());
    co_return co_await reply_with_run(c, id);
}

} // namespace ulak::control
