// The seam that providers see: one origin, one account's connections.
#pragma once

#include "http/message.hpp"

namespace ulak::http {

class client {
  public:
    virtual ~client() = default;

    /// Sends one request and reads one answer: 1xx skipped, redirects not followed, nothing decompressed, nothing
    /// retried. Cancellation (terminal) ends it with errc::cancelled, the deadline with errc::timed_out; a costly
    /// request that was handed to TLS runs to its answer or its deadline whatever is cancelled. Never throws for what
    /// the world does. Request and options must live until it has ended: the caller keeps them, so that nobody on the
    /// way down needs a copy. `out`, whatever it held, gets the exchange, where its reader has it: on every step up it
    /// would be moved once into a coroutine's frame and once out of it, which costs more than making it.
    virtual task<> send(const request& r, const send_options& options, std::optional<exchange>& out) = 0;

    /// The same for those who call seldom.
    task<exchange> send(const request& r, const send_options& options);
    void send(request&&, const send_options&) = delete; // would be gone before it is read
    void send(const request&, send_options&&) = delete;
};

} // namespace ulak::http
