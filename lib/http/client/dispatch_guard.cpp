#include "http/client/dispatch_guard.hpp"

#include "async/waiter.hpp"
#include "core/failpoint.hpp"

namespace ulak::http {
namespace {

// How long the gate's commit (the dispatch is on disk) holds. After a stall or a suspend of the machine, recovery or
// another daemon may have acted on it.
constexpr std::chrono::seconds gate_validity(2);

error closed_by_peer(const stream& to, exchange_trace& trace)
{
    trace.closed_by = to.closed_by();
    return error(errc::connection_lost, "the peer closed the connection before anything was sent");
}

} // namespace

task<std::optional<error>> dispatch_guard::pass_gate(stream& to, const send_options& options, async::clock& clock,
                                                     exchange_trace& trace)
{
    trace.reached = phase::dispatch;
    if (!to.is_usable())
        co_return closed_by_peer(to, trace);
    if (options.gate) {
        ULAK_FAILPOINT("send/gate");
        auto passed = co_await options.gate();
        gate_passed_at_ = clock.now();
        ULAK_FAILPOINT("send/gate-passed");
        if (!passed) {
            auto why = passed.error();
            why.how_far = reach::not_sent;
            co_return why;
        }
    }
    bool cancelled = co_await async::cancellation_requested();
    if (cancelled) {
        trace.closed_by = close_reason::cancelled;
        co_return error(errc::cancelled, "cancelled before anything was sent");
    }
    co_return std::nullopt;
}

std::optional<error> dispatch_guard::check(stream& to, const send_options& options, async::steady_point now,
                                           bool expired, exchange_trace& trace) const
{
    if (expired || now >= options.deadline) {
        trace.closed_by = close_reason::timeout;
        return error(errc::timed_out, "no time was left before anything was sent");
    }
    if (gate_passed_at_ && now - *gate_passed_at_ > gate_validity)
        return error(errc::unavailable, "the program stood still between its note and the request; nothing was sent");
    if (options.costly && !to.is_usable())
        return closed_by_peer(to, trace);
    return std::nullopt;
}

} // namespace ulak::http
