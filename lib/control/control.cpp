#include "control/control.hpp"

#include "control/problem.hpp"
#include "control/routes.hpp"
#include "core/failpoint.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "events/names.hpp"

namespace ulak::control {

struct control::state {
    explicit state(parts p) : at(std::move(p)) {}

    task<http::reply> answer(const http::incoming_request& in);
    task<void> audit(const call& c, int status);
    void tell_refused(const http::incoming_request& in);

    desk at;
};

control::control(parts p) : state_(std::make_unique<state>(std::move(p)))
{
    state_->at.with.feed.add(state_->at.counted);
}

control::~control() = default;

http::handler control::handler()
{
    return [s = state_.get()](const http::incoming_request& in) { return s->answer(in); };
}

task<http::reply> control::state::answer(const http::incoming_request& in)
{
    if (auto sound = check_caller(in); !sound)
        co_return problem(sound.error());
    found_route found = find_route(in.verb, in.path);
    if (!found.to && found.verbs.empty())
        co_return problem(404, "not_found", "there is no " + printable(in.path) + "; GET /v1/ lists what there is");
    if (!found.to) {
        http::reply refusal = problem(405, "method_not_allowed", "this path takes " + found.verbs);
        refusal.headers.emplace_back("Allow", found.verbs);
        co_return refusal;
    }
    call c(at, in, level_of(in.remote, at.with.own_uid));
    if (c.who == level::metrics && found.to->least != level::metrics)
        co_return problem(403, "forbidden", "this listener serves /metrics alone");
    if (c.who < found.to->least) {
        tell_refused(in);
        co_return problem(403, "forbidden", "this needs the operators' socket; the view socket only reads");
    }
    c.names = std::move(found.names);
    ULAK_FAILPOINT("control/handle");
    http::reply said = co_await found.to->handle(c);
    ULAK_FAILPOINT("control/handled");
    if (in.verb != "GET" && in.verb != "HEAD")
        co_await audit(c, said.status);
    co_return said;
}

namespace {

events::event command(const http::incoming_request& in, events::level severity, int status)
{
    events::event e(events::control_command, severity,
                    in.verb + " " + mask_long_numbers(printable(in.path)) + " by uid " + std::to_string(in.remote.uid));
    e.data["uid"] = in.remote.uid;
    e.data["pid"] = in.remote.pid;
    e.data["status"] = status;
    return e;
}

} // namespace

/// For the log alone: who may only look must not be able to fill the store.
void control::state::tell_refused(const http::incoming_request& in)
{
    events::event e = command(in, events::level::notice, 403);
    e.time = at.with.time.wall_now();
    at.with.feed.publish(e);
}

task<void> control::state::audit(const call& c, int status)
{
    events::event e = command(c.in, events::level::info, status);
    auto told = co_await at.with.record.publish(std::move(e));
    if (!told) // the disk refuses; the log may still take it
        at.with.feed.publish(events::event(events::control_command, events::level::warning,
                                           "a control command could not be recorded: " + told.error().message));
}

} // namespace ulak::control
