// What all connections of one client share.
#pragma once

#include "http/client/request_writer.hpp"
#include "http/detail/deadline_queue.hpp"
#include "http/pool.hpp"
#include "http/tls/session_cache.hpp"
#include "http/tls/trust_store.hpp"

#include <memory>
#include <string>

namespace ulak::http {

class tls_stream;
using tls_stream_ptr = std::unique_ptr<tls_stream>;

/// Must outlive the connections.
struct client_context {
    client_context(executor ex_, async::clock& clock_, std::shared_ptr<resolver> names, client_settings settings_,
                   std::shared_ptr<trust_store> trusted_)
        : ex(ex_),
          clock(clock_),
          name_resolver(std::move(names)),
          settings(std::move(settings_)),
          host_field(host_header(settings.server_origin)),
          trusted(std::move(trusted_)),
          deadlines(std::make_shared<deadline_queue>(ex_, clock_))
    {}

    executor ex;
    async::clock& clock;
    std::shared_ptr<resolver> name_resolver;
    client_settings settings;
    std::string host_field; ///< the value of the Host header
    std::shared_ptr<trust_store> trusted;
    std::shared_ptr<deadline_queue> deadlines;
    session_cache sessions{};
};

} // namespace ulak::http
