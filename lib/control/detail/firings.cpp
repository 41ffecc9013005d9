#include "control/detail/firings.hpp"

#include "control/detail/job_views.hpp"
#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t default_firings = 5;

constexpr std::size_t max_firings = 500;

result<std::size_t> parse_count(const http::incoming_request& request)
{
    const std::string_view text = request.parameter("n");
    if (text.empty())
        return default_firings;
    std::size_t n = 0;
    auto [stop, wrong] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (wrong != std::errc() || stop != text.data() + text.size() || n == 0 || n > max_firings)
        return error(errc::invalid_argument, "n: a number from 1 to " + std::to_string(max_firings) + " is needed");
    return n;
}

result<std::optional<wall_point>> parse_from(const http::incoming_request& request)
{
    const std::string_view text = request.parameter("from");
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
    auto next = c.engine().next(job, *n, *from);
    if (!next)
        return problem(next.error());
    json::object o;
    json::array all, missed;
    for (const engine::firing_view& f : *next)
        all.push_back(view(f));
    for (const engine::firing_view& f : c.engine().missed(job))
        missed.push_back(view(f));
    if (auto one = c.engine().job(job); one && all.empty())
        o["note"] = no_firing_reason(*one);
    o["firings"] = std::move(all);
    o["missed"] = std::move(missed);
    return json_reply(c, o);
}

} // namespace

task<http::reply> get_next(request_context& c)
{
    co_return firings_reply(c, c.path_param("job"));
}

task<http::reply> get_all_next(request_context& c)
{
    co_return firings_reply(c, {});
}

} // namespace ulak::control
