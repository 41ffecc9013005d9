#include "control/detail/handlers.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/views.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t default_firings = 5;
constexpr std::size_t max_firings = 500;

error unknown_job(std::string_view name)
{
    return error(errc::not_found, "there is no job `" + printable(name) + "`");
}

result<std::size_t> parse_count(const http::incoming_request& in)
{
    const std::string_view text = in.parameter("n");
    if (text.empty())
        return default_firings;
    std::size_t n = 0;
    auto [stop, wrong] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (wrong != std::errc() || stop != text.data() + text.size() || n == 0 || n > max_firings)
        return error(errc::invalid_argument, "n: a number from 1 to " + std::to_string(max_firings) + " is needed");
    return n;
}

result<std::optional<wall_point>> parse_from(const http::incoming_request& in)
{
    const std::string_view text = in.parameter("from");
    if (text.empty())
        return std::optional<wall_point>();
    auto at = parse_rfc3339(text);
    if (!at)
        return error(errc::invalid_argument, "from: " + at.error().message);
    return std::optional<wall_point>(*at);
}

/// Why a job has no coming firing.
std::string no_firing_reason(const engine::job_view& job)
{
    if (job.broken && job.kind.empty())
        return "its file has errors, and there is no good version of it";
    if (job.schedule.empty())
        return "on demand: the file has no schedule";
    return "nothing comes any more of: " + job.schedule;
}

http::reply firings_reply(request_context& c, std::string_view job)
{
    auto n = parse_count(c.request);
    if (!n)
        return problem(n.error());
    auto from = parse_from(c.request);
    if (!from)
        return problem(from.error());
    auto next = c.server.deps.engine.next(job, *n, *from);
    if (!next)
        return problem(next.error());
    json::object o;
    json::array all, missed;
    for (const engine::firing_view& f : *next)
        all.push_back(view(f));
    for (const engine::firing_view& f : c.server.deps.engine.missed(job))
        missed.push_back(view(f));
    if (auto one = c.server.deps.engine.job(job); one && all.empty())
        o["note"] = no_firing_reason(*one);
    o["firings"] = std::move(all);
    o["missed"] = std::move(missed);
    return json_reply(o);
}

http::reply show_job(request_context& c, const std::string& name)
{
    auto job = c.server.deps.engine.job(name);
    return job ? json_reply(view(*job, c.masked())) : problem(unknown_job(name));
}

} // namespace

task<http::reply> get_jobs(request_context& c)
{
    json::array all;
    for (const engine::job_view& j : c.server.deps.engine.jobs())
        all.push_back(view(j, c.masked()));
    co_return json_reply({{"jobs", std::move(all)}});
}

task<http::reply> get_job(request_context& c)
{
    co_return show_job(c, c.path_param("job"));
}

task<http::reply> get_next(request_context& c)
{
    co_return firings_reply(c, c.path_param("job"));
}

task<http::reply> get_all_next(request_context& c)
{
    co_return firings_reply(c, {});
}

task<http::reply> post_plan(request_context& c)
{
    auto body = parse_body(c.request, {"params"});
    if (!body)
        co_return problem(body.error());
    json::object params;
    if (const json::value* given = body->if_contains("params"); given && given->is_object())
        params = given->get_object();
    auto plan = co_await c.server.deps.engine.plan(c.path_param("job"), std::move(params));
    if (!plan)
        co_return problem(plan.error());
    co_return json_reply(*plan);
}

task<http::reply> post_pause(request_context& c)
{
    auto done = co_await c.server.deps.engine.pause(c.path_param("job"));
    if (!done)
        co_return problem(done.error());
    co_return show_job(c, c.path_param("job"));
}

task<http::reply> post_resume(request_context& c)
{
    auto done = co_await c.server.deps.engine.resume(c.path_param("job"));
    if (!done)
        co_return problem(done.error());
    co_return show_job(c, c.path_param("job"));
}

} // namespace ulak::control
