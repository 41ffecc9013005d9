// From a name to a TLS connection.
#pragma once

#include "http/client/client_context.hpp"
#include "http/tls/tls_stream.hpp"

namespace ulak::http {

/// Resolves, connects and completes the TLS handshake until `deadline` or the settings' timeout, whichever is first.
/// Tries one address after the other while connections fail, break off or get stuck. A refusal by TLS (a bad
/// certificate, an alert) ends it at once. Every error is not_sent; `trace` says how far the last address got and how
/// it ended. Errors:
/// - errc::resolve_failed: no address, or only private ones where they are not allowed
/// - errc::connect_failed, errc::connection_lost, errc::tls_failed: of the last address
/// - errc::timed_out, errc::cancelled
task<result<tls_stream_ptr>> dial(client_context& context, async::steady_point deadline, exchange_trace& trace);

} // namespace ulak::http
