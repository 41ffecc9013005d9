#include "control/handlers.hpp"
#include "control/problem.hpp"
#include "control/views.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t usual_firings = 5;
constexpr std::size_t most_firings = 500;

error no_job(std::string_view name)
{
    return error(errc::not_found, "there is no job `" + printable(name) + "`");
}

result<std::size_t> firings_asked(const http::incoming_request& in)
{
    const std::string_view text = in.parameter("n");
    if (text.empty())
        return usual_firings;
    std::size_t n = 0;
    auto [stop, wrong] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (wrong != std::errc() || stop != text.data() + text.size() || n == 0 || n > most_firings)
        return error(errc::invalid_argument, "n: a number from 1 to " + std::to_string(most_firings) + " is needed");
    return n;
}

result<std::optional<wall_point>> from_asked(const http::incoming_request& in)
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
std::string why_never(const engine::job_view& job)
{
    if (job.broken && job.kind.empty())
        return "its file has errors, and there is no good version of it";
    if (job.schedule.empty())
        return "on demand: the file has no schedule";
    return "nothing comes any more of: " + job.schedule;
}

http::reply firings(call& c, std::string_view job)
{
    auto n = firings_asked(c.in);
    if (!n)
        return problem(n.error());
    auto from = from_asked(c.in);
    if (!from)
        return problem(from.error());
    auto next = c.at.with.machine.next(job, *n, *from);
    if (!next)
        return problem(next.error());
    json::object o;
    json::array all, missed;
    for (const engine::firing_view& f : *next)
        all.push_back(view(f));
    for (const engine::firing_view& f : c.at.with.machine.missed(job))
        missed.push_back(view(f));
    if (auto one = c.at.with.machine.job(job); one && all.empty())
        o["note"] = why_never(*one);
    o["firings"] = std::move(all);
    o["missed"] = std::move(missed);
    return json_reply(o);
}

http::reply show(call& c, const std::string& name)
{
    auto job = c.at.with.machine.job(name);
    return job ? json_reply(view(*job, c.masked())) : problem(no_job(name));
}

} // namespace

task<http::reply> get_jobs(call& c)
{
    json::array all;
    for (const engine::job_view& j : c.at.with.machine.jobs())
        all.push_back(view(j, c.masked()));
    co_return json_reply({{"jobs", std::move(all)}});
}

task<http::reply> get_job(call& c)
{
    co_return show(c, c.named("job"));
}

task<http::reply> get_next(call& c)
{
    co_return firings(c, c.named("job"));
}

task<http::reply> get_all_next(call& c)
{
    co_return firings(c, {});
}

task<http::reply> post_plan(call& c)
{
    auto body = body_of(c.in, {"params"});
    if (!body)
        co_return problem(body.error());
    json::object params;
    if (const json::value* given = body->if_contains("params"); given && given->is_object())
        params = given->get_object();
    auto plan = co_await c.at.with.machine.plan(c.named("job"), std::move(params));
    if (!plan)
        co_return problem(plan.error());
    co_return json_reply(*plan);
}

task<http::reply> post_pause(call& c)
{
    auto done = co_await c.at.with.machine.pause(c.named("job"));
    if (!done)
        co_return problem(done.error());
    co_return show(c, c.named("job"));
}

task<http::reply> post_resume(call& c)
{
    auto done = co_await c.at.with.machine.resume(c.named("job"));
    if (!done)
        co_return problem(done.error());
    co_return show(c, c.named("job"));
}

} // namespace ulak::control
