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

/// What the connection of a request is told while its handler waits for long.
class wait_observer {
  public:
    virtual ~wait_observer() = default;
    virtual void begin_wait() noexcept = 0;
    virtual void end_wait() noexcept = 0;
};

/// A request that arrived whole and within the limits. `path` is percent-decoded; a path that cannot be decoded or
/// holds a NUL is rejected before. `query` is decoded into pairs in their order, `raw_target` is the text of the
/// request line.
struct incoming_request {
    std::string verb{}; ///< as sent: "GET", "PATCH" …
    std::string raw_target{};
    std::string path{};
    header_list query{};
    header_list headers{};
    std::string body{};
    peer remote{};
    wait_observer* observer = nullptr; ///< of the connection, for scoped_wait; null: nobody watches

    std::string_view header(std::string_view name) const noexcept;
    std::string_view parameter(std::string_view name) const noexcept; ///< the first one; empty if there is none
};

/// Lives while a handler waits for something because its client asked it to wait. When the client leaves meanwhile, or
/// its place is needed for another, the handler is cancelled: the wait ends with operation_aborted, and the reply, sent
/// to whoever is still there, is the last one of its connection. Work that must be finished stays outside of it.
class scoped_wait {
  public:
    explicit scoped_wait(const incoming_request& of) noexcept : observer_(of.observer)
    {
        if (observer_)
            observer_->begin_wait();
    }
    ~scoped_wait()
    {
        if (observer_)
            observer_->end_wait();
    }
    scoped_wait(const scoped_wait&) = delete;
    scoped_wait& operator=(const scoped_wait&) = delete;

  private:
    wait_observer* observer_;
};

/// Takes the pieces of a reply whose length is not known.
class body_writer {
  public:
    virtual ~body_writer() = default;
    /// Waits until the peer took the bytes. Errors, after which nothing more is sent:
    /// - errc::connection_lost: the peer is gone
    /// - errc::timed_out: the peer read nothing for the listener's write timeout, or was evicted
    virtual task<result<void>> write(std::string piece) = 0;
};

/// What the simulator may do to a reply on the wire.
enum class wire_fault { none, close_unanswered, reset_unanswered, truncate, garbage_after };

struct reply {
    explicit reply(int status_ = 200, std::string body_ = {}, std::string content_type_ = "application/json")
        : status(status_), body(std::move(body_)), content_type(std::move(content_type_))
    {}

    int status;
    std::string body;
    std::string content_type;
    header_list headers{};
    /// If set, `body` is ignored and the reply is chunked; it ends when the coroutine ends. The server keeps the
    /// function and the writer alive until then.
    std::function<task<>(body_writer&)> stream{};
    wire_fault fault = wire_fault::none;
    std::size_t truncate_at = 0; ///< body bytes that still go out with wire_fault::truncate
};

using handler = std::function<task<reply>(const incoming_request&)>;

/// Limits of one listener. Why the defaults are what they are:
///   connections 64    an operator, a few scripts and a scraper; leaves descriptors for the providers
///   header 16 KiB     browsers and curl stay below 4 KiB
///   body 1 MiB        opt-out lists by the thousand are the largest bodies
///   request 10 s      a longer request over loopback is stuck or hostile
///   idle 60 s         a scraper asks every 15 to 60 s; a longer time would cost memory only
///   write 15 s        a reader of events that stops reading is cut off
struct server_limits {
    std::size_t max_connections = 64;
    std::size_t max_per_user = 0; ///< connections of one user who is neither root nor the server's own; 0: no limit
    std::size_t reserved = 0;     ///< of all connections, those that only root and the server's own user may take
    std::size_t reply_bytes = 64 * 1024 * 1024; ///< of replies that wait for their readers, all connections together
    std::size_t header_bytes = 16 * 1024;
    std::size_t body_bytes = 1024 * 1024;
    std::chrono::milliseconds request_timeout{10'000}; ///< from the first byte (or the accept) to the whole request
    std::chrono::milliseconds idle_timeout{60'000};    ///< between keep-alive requests
    std::chrono::milliseconds write_timeout{15'000};   ///< a peer that takes no byte for so long is cut off
};

/// Several listeners, one handler each. Runs on the loop that it was built with. A request that is malformed, late or
/// too large gets a problem and the end of its connection, and never reaches a handler. A handler that throws makes a
/// 500. All listen functions report errc::unavailable where the system refuses.
class server {
  public:
    virtual ~server() = default;

    /// `mode`: the permissions of the socket file. A stale socket file is replaced.
    /// - errc::conflict, with the path: a live server listens there, or the path is taken by something else
    /// - errc::invalid_argument: the path is empty or longer than 107 bytes
    virtual result<void> listen_unix(std::string name, const std::string& path, unsigned mode, handler h,
                                     server_limits limits) = 0;
    /// A listening socket inherited from the service manager.
    /// - errc::invalid_argument: it does not listen
    virtual result<void> listen_fd(std::string name, int fd, handler h, server_limits limits) = 0;
    /// Loopback addresses only. Port 0 picks one; the result is the port.
    /// - errc::invalid_argument: another address
    /// - errc::conflict: the port is taken
    virtual result<unsigned short> listen_tcp(std::string name, const std::string& address, unsigned short port,
                                              handler h, server_limits limits) = 0;
    /// The same over TLS 1.2 or 1.3 with a certificate chain and key in PEM; offers session tickets.
    virtual result<unsigned short> listen_tls(std::string name, const std::string& address, unsigned short port,
                                              const std::string& chain_pem, const std::string& key_pem, handler h,
                                              server_limits limits) = 0;

    /// Takes no new connection or request and removes the socket files that it made. Requests under way may finish
    /// until the deadline; then their handlers are cancelled and all connections closed.
    virtual task<> stop(async::steady_point deadline) = 0;
};

std::unique_ptr<server> make_server(executor ex, async::clock& clock);

} // namespace ulak::http
