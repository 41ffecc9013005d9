#include "control/detail/jobs.hpp"

#include "control/detail/job_views.hpp"
#include "control/detail/json_reply.hpp"
#include "control/detail/list_page.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/run_start.hpp"
#include "core/text.hpp"

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t max_jobs = 10'000; ///< a page of all, but for its bytes

error unknown_job(std::string_view name)
{
    return error(errc::not_found, "there is no job `" + printable(name) + "`");
}

http::reply show_job(request_context& c, const std::string& name)
{
    auto job = c.engine().job(name);
    return job ? json_reply(c, view(*job)) : problem(unknown_job(name));
}

} // namespace

task<http::reply> get_jobs(request_context& c)
{
    auto limit = parse_page_limit(c, max_jobs, max_jobs);
    if (!limit)
        co_return problem(limit.error());
    const auto after = c.request.parameter("after");
    list_page page(c, "jobs", *limit);
    for (const engine::job_view& j : c.engine().jobs())
        if (j.name > after && !page.add(view(j), c.masked() ? public_cursor(j.name) : j.name))
            break;
    co_return std::move(page).reply();
}

task<http::reply> get_job(request_context& c)
{
    co_return show_job(c, c.path_param("job"));
}

task<http::reply> post_plan(request_context& c)
{
    auto body = parse_body(c.request, {"params"});
    if (!body)
        co_return problem(body.error());
    json::object params;
    if (const json::value* given = body->if_contains("params")) {
        if (!given->is_object())
            co_return problem(400, "invalid_argument", "params must be an object");
        params = given->get_object();
    }
    const http::scoped_wait patient(c.request); // a plan changes nothing
    auto plan = co_await c.engine().plan(c.path_param("job"), std::move(params), caller_of(c.request));
    if (!plan)
        co_return problem(plan.error());
    co_return json_reply(c, *plan);
}

task<http::reply> post_pause(request_context& c)
{
    auto done = co_await c.engine().pause(c.path_param("job"));
    if (!done)
        co_return problem(done.error());
    co_return show_job(c, c.path_param("job"));
}

task<http::reply> post_resume(request_context& c)
{
    auto done = co_await c.engine().resume(c.path_param("job"));
    if (!done)
        co_return problem(done.error());
    co_return show_job(c, c.path_param("job"));
}

} // namespace ulak::control
