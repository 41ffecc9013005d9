// Sends requests to one origin over the connections of one account. Providers see no other part of this module.
#pragma once

#include "http/message.hpp"

namespace ulak::http {

class client {
  public:
    virtual ~client() = default;

    /// Sends one request and reads one response: 1xx skipped, redirects not followed, nothing decompressed, nothing
    /// retried. Cancellation (terminal) ends it with errc::cancelled, the deadline with errc::timed_out. A costly
    /// request whose bytes were handed to TLS runs to its response or its deadline whatever is cancelled. Never throws
    /// for what the network or the peer does.
    ///
    /// The caller keeps request and options until the end, so that no layer below copies them. `out` loses what it held
    /// and receives the exchange where its reader has it. A return value would be moved into and out of the frame of
    /// every layer, which costs more than making it: part of the series that raised a provider's poll from
    /// 0.83/0.80/0.73 to 0.91/0.93/0.82 of wrk at 8/64/512 connections.
    virtual task<> send(const request& r, const send_options& options, std::optional<exchange>& out) = 0;

    /// The same with a return value, for callers that send seldom.
    task<exchange> send(const request& r, const send_options& options);
    void send(request&&, const send_options&) = delete; // would be gone before it is read
    void send(const request&, send_options&&) = delete;
};

} // namespace ulak::http
