// The checks between a connection that is up and the first byte of a request.
#pragma once

#include "http/detail/stream.hpp"
#include "http/message.hpp"

#include <optional>

namespace ulak::http {

/// Guards the first byte of one request. Every error that it returns is not_sent, and `trace` says how the connection
/// ended where it did.
class dispatch_guard {
  public:
    /// For a costly request: waits for the gate, which commits the dispatch durably. Errors:
    /// - errc::connection_lost: the peer closed the connection meanwhile
    /// - errc::cancelled: the caller was cancelled; from the first byte on nobody asks any more
    /// - the gate's own error
    task<std::optional<error>> pass_gate(stream& to, const send_options& options, async::clock& clock,
                                         exchange_trace& trace);

    /// For every request, directly before its first byte. `expired`: the deadline was reported to have passed. Errors:
    /// - errc::timed_out: no time is left
    /// - errc::unavailable: the process stalled after the gate, whose commit may be settled by another by now
    /// - errc::connection_lost: the peer closed the connection (looked at for costly requests only)
    std::optional<error> check(stream& to, const send_options& options, async::steady_point now, bool expired,
                               exchange_trace& trace) const;

  private:
    std::optional<async::steady_point> gate_passed_at_{};
};

} // namespace ulak::http
