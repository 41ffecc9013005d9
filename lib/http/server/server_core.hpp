// The listeners and connections of one server.
#pragma once

#include "http/server/listener.hpp"
#include "http/server/listening_socket.hpp"
#include "http/server/server_connection.hpp"

#include "async/waiter.hpp"

#include <memory>
#include <unordered_set>
#include <vector>

namespace ulak::http {

/// Shared by the coroutines of its listeners and connections, so it may outlive the server. A stop is three calls:
/// close_listeners(), drained(), abort_connections().
class server_core : public std::enable_shared_from_this<server_core> {
  public:
    server_core(executor ex, async::clock& clock);

    /// Starts to accept. `tls`: null for a plain listener. `file`: removed when the listener closes.
    /// - errc::unavailable: the loop cannot watch the socket
    result<void> add(std::shared_ptr<const service_config> service, listening_socket socket, openssl_ptr<SSL_CTX> tls,
                     socket_file file);
    /// Accepts nothing more; connections end after the request under way.
    void close_listeners() noexcept;
    /// Returns when the last connection ended, or at that time.
    task<> drained(async::steady_point until);
    /// Closes all connections and cancels their handlers.
    void abort_connections() noexcept;
    bool empty() const noexcept { return connections_.empty(); }
    void stop_deadlines() noexcept { deadlines_->stop(); }

  private:
    static task<> accept_all(std::shared_ptr<server_core> self, std::shared_ptr<listener> from);
    static task<> serve(std::shared_ptr<server_core> self, std::shared_ptr<listener> from,
                        std::shared_ptr<server_connection> one, bool accepted);
    bool make_place(const listener& from, const peer& of) noexcept;
    bool evict_one(const listener& from, const peer& for_whom, bool only_own) noexcept;
    void admit(const std::shared_ptr<listener>& from, stream_socket socket);

    executor executor_;
    async::clock& clock_;
    std::shared_ptr<deadline_queue> deadlines_;
    std::vector<std::shared_ptr<listener>> listeners_{};
    std::unordered_set<server_connection*> connections_{};
    async::wait_queue<> drain_waiters_{};
    bool stopping_ = false;
    std::uint64_t accepted_ = 0;
};

} // namespace ulak::http
