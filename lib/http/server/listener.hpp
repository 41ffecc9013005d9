// One listening socket with what it serves and how many it serves now.
#pragma once

#include "http/detail/stream.hpp"
#include "http/server/service_config.hpp"
#include "http/server/socket_file.hpp"
#include "http/tls/openssl_ptr.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <memory>
#include <unordered_map>

namespace ulak::http {

struct listener {
    using acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol, executor>;

    listener(executor ex, std::shared_ptr<const service_config> service_)
        : acceptor_socket(ex), service(std::move(service_))
    {}

    acceptor acceptor_socket;
    std::shared_ptr<const service_config> service;
    openssl_ptr<SSL_CTX> tls{}; ///< null: plain
    socket_file file{};
    boost::asio::cancellation_signal cancel_signal{};
    std::unordered_map<pid_t, std::size_t> connections_by_pid{}; ///< now; over TCP all have pid 0
    std::unordered_map<uid_t, std::size_t> connections_by_uid{}; ///< now, without those that are being rejected
    std::size_t active = 0;   ///< connections now, without those that are being rejected
    std::size_t rejected = 0; ///< connections that are being rejected now
};

} // namespace ulak::http
