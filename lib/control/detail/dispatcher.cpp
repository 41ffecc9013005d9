#include "control/detail/dispatcher.hpp"

#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/routes.hpp"
#include "core/failpoint.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"
#include "events/event_names.hpp"

namespace ulak::control {

namespace {

events::event command_event(const http::incoming_request& in, events::level severity, int status)
{
    events::event e(events::control_command, severity,
                    in.verb + " " + mask_long_numbers(printable(in.path)) + " by uid " + std::to_string(in.remote.uid));
    e.data["uid"] = in.remote.uid;
    e.data["pid"] = in.remote.pid;
    e.data["status"] = status;
    return e;
}

} // namespace

dispatcher::dispatcher(dependencies d) : server_(std::move(d))
{
    server_.deps.event_bus.add(server_.totals);
}

/// Refusals repeat words of the caller and of whatever refused: to those who may only look, without numbers.
task<http::reply> dispatcher::answer(const http::incoming_request& in)
{
    http::reply reply = co_await handle(in);
    if (reply.content_type == problem_type && level_of(in.remote, server_.deps.own_uid) < access_level::operate)
        reply.body = mask_long_numbers(reply.body);
    reply.body = to_valid_utf8(std::move(reply.body)); // what files and requests hold may be anything
    co_return reply;
}

task<http::reply> dispatcher::handle(const http::incoming_request& in)
{
    // Whether the request is one of ours, and there is such a route.
    if (auto sound = check_caller(in); !sound)
        co_return problem(sound.error());
    if (const auto packed = lower_ascii(in.header("content-encoding")); !packed.empty() && packed != "identity")
        co_return problem(415, "unsupported",
                          "Content-Encoding: bodies are taken as they are, not as " + printable(packed, 40));
    route_match found = match_route(in.verb, in.path);
    if (!found.target && found.allowed_methods.empty())
        co_return problem(404, "not_found", "there is no " + printable(in.path) + "; GET /v1/ lists what there is");
    if (!found.target) {
        http::reply refusal = problem(405, "method_not_allowed", "this path takes " + found.allowed_methods);
        refusal.headers.emplace_back("Allow", found.allowed_methods);
        co_return refusal;
    }

    // Whether its sender may.
    request_context c(server_, in, level_of(in.remote, server_.deps.own_uid));
    if (c.level == access_level::metrics && found.target->required_level != access_level::metrics)
        co_return problem(403, "forbidden", "this listener serves /metrics alone");
    if (c.level < found.target->required_level) {
        log_refused(in);
        co_return problem(403, "forbidden", "this needs the operators' socket; the view socket only reads");
    }
    if (c.level < access_level::operate && in.remote.uid != 0 && in.remote.uid != server_.deps.own_uid &&
        !server_.looking.admit(in.remote, server_.deps.time.now()))
        co_return busy("too many requests; try again in a second");
    if (auto sound = check_query(in, found.target->query); !sound)
        co_return problem(sound.error());
    c.path_params = std::move(found.path_params);
    c.shown = found.target->shown;

    ULAK_FAILPOINT("control/handle");
    http::reply reply = co_await found.target->handler(c);
    ULAK_FAILPOINT("control/handled");
    if (in.verb != "GET" && in.verb != "HEAD")
        co_await audit(c, reply.status);
    if (c.masked() && !c.filtered && reply.content_type != problem_type)
        co_return problem(403, "forbidden", "this needs the operators' socket");
    co_return reply;
}

/// For the log alone: a client that may only look must not be able to fill the store.
void dispatcher::log_refused(const http::incoming_request& in)
{
    events::event e = command_event(in, events::level::notice, 403);
    e.time = server_.deps.time.wall_now();
    server_.deps.event_bus.publish(e);
}

task<void> dispatcher::audit(const request_context& c, int status)
{
    events::event e = command_event(c.request, events::level::info, status);
    auto published = co_await server_.deps.recorder.publish(std::move(e));
    if (!published) // the disk refuses; the log may still take it
        server_.deps.event_bus.publish(
            events::event(events::control_command, events::level::warning,
                          "a control command could not be recorded: " + published.error().message));
}

} // namespace ulak::control
