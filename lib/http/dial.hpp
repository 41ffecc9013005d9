// From a name to a TLS connection. Private to this room.
#pragma once

#include "http/pool.hpp"
#include "http/request_writer.hpp"
#include "http/tls_stream.hpp"
#include "http/tls_trust.hpp"
#include "http/deadline_queue.hpp"

#include <memory>

namespace ulak::http {

/// What every connection of one client shares. Outlives them all.
struct client_context {
    client_context(executor ex_, async::clock& time, std::shared_ptr<resolver> names_, client_settings settings_,
                 std::shared_ptr<trust_store> roots_)
        : ex(ex_),
          clock(time),
          name_resolver(std::move(names_)),
          settings(std::move(settings_)),
          host_field(host_header(settings.server_origin)),
          trusted(std::move(roots_)),
          deadlines(std::make_shared<deadline_queue>(ex_, time))
    {}

    executor ex;
    async::clock& clock;
    std::shared_ptr<resolver> name_resolver;
    client_settings settings;
    std::string host_field; ///< what the Host header says
    std::shared_ptr<trust_store> trusted;
    std::shared_ptr<deadline_queue> deadlines;
    session_cache sessions{};
};

using tls_stream_ptr = std::unique_ptr<tls_stream>;

/// Resolves, connects and shakes hands until `deadline` or the settings' patience ends: with one address after the other
/// while connections fail, break off or get stuck. A refusal by TLS (a bad certificate, an alert) ends it at once. Every
/// error is not_sent; `how` says how far the last address got and how it ended.
task<result<tls_stream_ptr>> dial(client_context& parts, async::steady_point deadline, exchange_trace& how);

} // namespace ulak::http
