// A peer that speaks bytes, for the side that is under test.
#pragma once

#include "async/task.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include <string>
#include <string_view>

namespace ulak::http::testing {

class raw_peer {
  public:
    using socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, executor>;

    explicit raw_peer(socket s) : socket_(std::move(s)) {}
    explicit raw_peer(executor ex) : socket_(ex) {}

    task<bool> connect(unsigned short port)
    {
        boost::asio::ip::tcp::endpoint where(boost::asio::ip::address_v4::loopback(), port);
        return connect_to(where);
    }

    task<bool> connect(std::string path)
    {
        boost::asio::local::stream_protocol::endpoint where(path);
        return connect_to(where);
    }

    task<bool> send(std::string bytes)
    {
        boost::system::error_code failed;
        auto token = boost::asio::redirect_error(use_task, failed);
        co_await boost::asio::async_write(socket_, boost::asio::buffer(bytes), token);
        co_return !failed;
    }

    /// Until the end, or until `mark` has come.
    task<std::string> read_until(std::string mark)
    {
        std::string out;
        char buffer[4096];
        while (mark.empty() || out.find(mark) == out.npos) {
            boost::system::error_code failed;
            auto token = boost::asio::redirect_error(use_task, failed);
            auto bytes = co_await socket_.async_read_some(boost::asio::buffer(buffer), token);
            out.append(buffer, bytes);
            if (failed) {
                ended = failed;
                break;
            }
        }
        co_return out;
    }

    task<std::string> read_all() { return read_until(std::string()); }

    task<std::string> read_bytes(std::size_t wanted)
    {
        std::string out;
        char buffer[4096];
        while (out.size() < wanted) {
            boost::system::error_code failed;
            auto token = boost::asio::redirect_error(use_task, failed);
            auto room = boost::asio::buffer(buffer, std::min(sizeof buffer, wanted - out.size()));
            auto bytes = co_await socket_.async_read_some(room, token);
            out.append(buffer, bytes);
            if (failed) {
                ended = failed;
                break;
            }
        }
        co_return out;
    }

    /// What is there, or comes next; empty at the end.
    task<std::string> read_some()
    {
        char buffer[4096];
        boost::system::error_code failed;
        auto token = boost::asio::redirect_error(use_task, failed);
        auto bytes = co_await socket_.async_read_some(boost::asio::buffer(buffer), token);
        if (failed)
            ended = failed;
        co_return std::string(buffer, bytes);
    }

    void close()
    {
        boost::system::error_code ignored;
        socket_.close(ignored);
    }

    void reset()
    {
        boost::system::error_code ignored;
        socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
        socket_.close(ignored);
    }

    void end_sending()
    {
        boost::system::error_code ignored;
        socket_.shutdown(boost::asio::socket_base::shutdown_send, ignored);
    }

    socket& raw() { return socket_; }
    boost::system::error_code ended{};

  private:
    task<bool> connect_to(socket::endpoint_type where)
    {
        boost::system::error_code failed;
        auto token = boost::asio::redirect_error(use_task, failed);
        co_await socket_.async_connect(where, token);
        co_return !failed;
    }

    socket socket_;
};

} // namespace ulak::http::testing
