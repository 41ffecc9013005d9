// A small HTTP/1.1 server for local sockets: the control sockets, the metrics listener and the provider simulator.
#pragma once

#include "http/message.hpp"

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

namespace ulak::http {

/// Who is at the other end. `uid`, `gid` and `pid` come from SO_PEERCRED and are known for Unix sockets only.
struct peer {
    bool local = false;
    uid_t uid = static_cast<uid_t>(-1);
    gid_t gid = static_cast<gid_t>(-1);
    pid_t pid = 0;
    std::string address{};  ///< "127.0.0.1:4711" for TCP
    std::string listener{}; ///< the name that its listener was given
};

/// A request that arrived whole and within the limits. `path` is percent-decoded (an undecodable or NUL-bearing path
/// never gets here), `query` is decoded into pairs in their order, `raw_target` is what stood on the request line.
struct incoming_request {
    incoming_request() = default;

    std::string verb{}; ///< as sent: "GET", "PATCH" …
    std::string raw_target{};
    std::string path{};
    header_list query{};
    header_list headers{};
    std::string body{};
    peer remote{};

    std::string_view header(std::string_view name) const noexcept;
    std::string_view parameter(std::string_view name) const noexcept; ///< the first one; empty if there is none
};

/// Takes pieces of an answer whose length is not known (chunked). `write` waits until the peer took the bytes; it fails
/// with errc::connection_lost when the peer is gone and errc::timed_out when it reads nothing for the listener's
/// patience.
class body_writer {
  public:
    virtual ~body_writer() = default;
    virtual task<result<void>> write(std::string piece) = 0;
};

/// What the simulator may do to an answer on the wire.
enum class wire_fault { none, close_unanswered, reset_unanswered, truncate, garbage_after };

struct reply {
    explicit reply(int status_ = 200, std::string body_ = {}, std::string content_type_ = "application/json")
        : status(status_), body(std::move(body_)), content_type(std::move(content_type_))
    {}

    int status;
    std::string body;
    std::string content_type;
    header_list headers{};
    /// If set, `body` is ignored and the answer is chunked; it ends when the coroutine ends. Takes its writer by
    /// reference: the server keeps both alive until then.
    std::function<task<>(body_writer&)> stream{};
    wire_fault fault = wire_fault::none;
    std::size_t truncate_at = 0; ///< body bytes that still go out with wire_fault::truncate
};

using handler = std::function<task<reply>(const incoming_request&)>;

/// Limits of one listener; each has a reason beside its default in server.cpp.
struct server_limits {
    server_limits() = default;

    std::size_t max_connections = 64;
    std::size_t header_bytes = 16 * 1024;
    std::size_t body_bytes = 1024 * 1024;
    std::chrono::milliseconds request_timeout{10'000}; ///< from the first byte (or the accept) to the whole request
    std::chrono::milliseconds idle_timeout{60'000};    ///< between keep-alive requests
    std::chrono::milliseconds write_timeout{15'000};   ///< a peer that takes no byte for so long is cut off
};

/// Several listeners, one handler each. Runs on the loop that it was built with.
class server {
  public:
    virtual ~server() = default;

    /// `mode` is the socket file's permission. A stale socket file is replaced; anything else at the path, a path over
    /// 107 bytes or a live server on it: errc::conflict or errc::invalid_argument with the path.
    virtual result<void> listen_unix(std::string name, const std::string& path, unsigned mode, handler h,
                                     server_limits limits) = 0;
    /// A listening socket inherited from the service manager.
    virtual result<void> listen_fd(std::string name, int fd, handler h, server_limits limits) = 0;
    /// Loopback addresses only. Port 0 picks one; the result is the port.
    virtual result<unsigned short> listen_tcp(std::string name, const std::string& address, unsigned short port,
                                              handler h, server_limits limits) = 0;
    /// The same over TLS 1.2 or 1.3 with a certificate chain and key in PEM; offers session tickets.
    virtual result<unsigned short> listen_tls(std::string name, const std::string& address, unsigned short port,
                                              const std::string& chain_pem, const std::string& key_pem, handler h,
                                              server_limits limits) = 0;

    /// Takes no new connection or request; requests under way may finish until the deadline, then all are closed.
    /// Removes the socket files that it made.
    virtual task<> stop(async::steady_point deadline) = 0;
};

std::unique_ptr<server> make_server(executor ex, async::clock& time);

} // namespace ulak::http
