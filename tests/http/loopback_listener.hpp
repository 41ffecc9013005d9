// A listener on loopback that hands every connection to a server of the test's own.
#pragma once

#include "async/task.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace ulak::http::testing {

/// Connections that it has accepted outlive it.
class loopback_listener {
  public:
    using endpoint = boost::asio::ip::tcp::endpoint;
    using socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, executor>;
    /// Plays the connection of that number, from 0.
    using server = std::function<task<>(socket, int)>;

    loopback_listener(executor ex, server play, endpoint where = any_port())
        : state_(std::make_shared<state>(ex, std::move(play)))
    {
        auto& acceptor = state_->acceptor;
        acceptor.open(where.protocol());
        if (where.port() != 0) // which connections of an earlier one may still be using
            acceptor.set_option(boost::asio::socket_base::reuse_address(true));
        acceptor.bind(where);
        acceptor.listen(1024);
        port_ = acceptor.local_endpoint().port();
        boost::asio::co_spawn(ex, accept_all(state_), forget);
    }

    ~loopback_listener()
    {
        boost::system::error_code ignored;
        state_->acceptor.close(ignored);
    }

    loopback_listener(const loopback_listener&) = delete;
    loopback_listener& operator=(const loopback_listener&) = delete;

    static endpoint any_port() { return endpoint(boost::asio::ip::address_v4::loopback(), 0); }
    unsigned short port() const noexcept { return port_; }
    int connections() const noexcept { return state_->connections; }

  private:
    struct state {
        state(executor ex_, server play_) : ex(ex_), play(std::move(play_)), acceptor(ex_) {}
        executor ex;
        server play;
        boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, executor> acceptor;
        int connections = 0;
    };

    static void forget(std::exception_ptr) {}

    static task<> accept_all(std::shared_ptr<state> s)
    {
        for (;;) {
            socket one(s->ex);
            boost::system::error_code failed;
            auto token = boost::asio::redirect_error(use_task, failed);
            co_await s->acceptor.async_accept(one, token);
            if (failed)
                co_return;
            boost::asio::co_spawn(s->ex, s->play(std::move(one), s->connections++), forget);
        }
    }

    std::shared_ptr<state> state_;
    unsigned short port_ = 0;
};

} // namespace ulak::http::testing
