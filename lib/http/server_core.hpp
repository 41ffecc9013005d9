// The listeners and connections of one server. Private to this room.
#pragma once

#include "http/listening_socket.hpp"
#include "http/openssl_ptr.hpp"
#include "http/server_connection.hpp"

#include "async/waiter.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace ulak::http {

struct listener {
    using acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol, executor>;

    listener(executor ex, std::shared_ptr<const service_config> of_) : acceptor_socket(ex), service(std::move(of_)) {}

    acceptor acceptor_socket;
    std::shared_ptr<const service_config> service;
    openssl_ptr<SSL_CTX> tls{};
    socket_file file{};
    boost::asio::cancellation_signal cancel_signal{};
    std::unordered_map<pid_t, std::size_t> connections_by_pid{}; ///< connections now; over TCP nobody is told apart
    std::size_t active = 0;                              ///< connections now, those turned away not counted
    std::size_t rejected = 0;                             ///< connections that are being turned away now
};

class server_core : public std::enable_shared_from_this<server_core> {
  public:
    server_core(executor ex, async::clock& time);

    result<void> add(std::shared_ptr<const service_config> of, listening_socket socket, openssl_ptr<SSL_CTX> tls,
                     socket_file file);
    /// Step one of a stop.
    void close_listeners() noexcept;
    /// Ends when the last connection has, or at that time.
    task<> drained(async::steady_point until);
    void abort_connections() noexcept;
    bool empty() const noexcept { return connections_.empty(); }
    void stop_deadlines() noexcept { deadlines_->stop(); }

  private:
    static task<> accept_all(std::shared_ptr<server_core> self, std::shared_ptr<listener> from);
    static task<> serve(std::shared_ptr<server_core> self, std::shared_ptr<listener> from,
                        std::shared_ptr<server_connection> one, bool welcome);
    bool evict_one(const listener& at) noexcept;
    void admit(const std::shared_ptr<listener>& from, stream_socket socket);

    executor executor_;
    async::clock& clock_;
    std::shared_ptr<deadline_queue> deadlines_;
    std::vector<std::shared_ptr<listener>> listeners_;
    std::unordered_set<server_connection*> connections_;
    async::wait_queue<> drain_waiters_;
    bool stopping_ = false;
    std::uint64_t accepted_ = 0;
};

} // namespace ulak::http
