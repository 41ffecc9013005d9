// A TLS server on loopback that does with each connection exactly what a test says.
#pragma once

#include "http/certificate.hpp"
#include "http/loopback_listener.hpp"
#include "http/raw_peer.hpp"
#include "http/tls/server_context.hpp"
#include "http/tls/tls_stream.hpp"

#include <unistd.h>

#include <array>
#include <functional>
#include <memory>
#include <string>

namespace ulak::http::testing {

/// The same connection below its TLS.
inline raw_peer beside(tls_stream& wire, executor ex)
{
    const int fd = ::dup(wire.native_handle());
    return raw_peer(raw_peer::socket(ex, boost::asio::generic::stream_protocol(AF_INET, IPPROTO_TCP), fd));
}

/// One accepted connection.
class scripted_peer {
  public:
    scripted_peer(stream_socket socket, SSL_CTX* context, std::string& seen_)
        : wire(std::move(socket), make_server_ssl(context)), seen(seen_)
    {}

    /// Reads until `mark` has come once more; false at the end of the stream.
    task<bool> hear(std::string mark)
    {
        while (heard_.find(mark) == heard_.npos) {
            auto came = co_await wire.read_some(buffer_);
            seen.append(buffer_.data(), came.bytes);
            heard_.append(buffer_.data(), came.bytes);
            if (came.ec)
                co_return false;
        }
        last = heard_.substr(0, heard_.find(mark) + mark.size());
        heard_.erase(0, last.size());
        co_return true;
    }

    task<bool> hear_bytes(std::size_t count)
    {
        std::size_t goal = seen.size() + count;
        while (seen.size() < goal) {
            auto came =
                co_await wire.read_some(std::span<char>(buffer_).first(std::min(buffer_.size(), goal - seen.size())));
            seen.append(buffer_.data(), came.bytes);
            if (came.ec)
                co_return false;
        }
        co_return true;
    }

    task<bool> say(std::string bytes)
    {
        auto failed = co_await wire.write(bytes);
        co_return !failed;
    }

    tls_stream wire;
    std::string& seen;  ///< by all connections of the server
    std::string last{}; ///< what came up to the last mark

  private:
    std::string heard_{}; ///< since the last mark
    std::array<char, 4096> buffer_{};
};

class scripted_server {
  public:
    /// Called after the handshake with the number of the connection, from 1.
    using script = std::function<task<>(scripted_peer&, int)>;

    scripted_server(executor ex, const std::string& chain_pem, const std::string& key_pem, script play)
        : scripted_server(ex, make_server_context(chain_pem, key_pem).value(), std::move(play))
    {}

    scripted_server(executor ex, openssl_ptr<SSL_CTX> context, script play)
        : state_(std::make_shared<state>(ex, std::move(context), std::move(play))),
          listener_(ex, [s = state_](auto socket, int number) {
              return serve(s, stream_socket(std::move(socket)), number + 1);
          })
    {
        port = listener_.port();
    }

    int connections() const { return listener_.connections(); }
    int handshakes() const { return state_->handshakes; }
    int resumed() const { return state_->resumed; }
    std::string& seen() { return state_->seen; }
    /// Bytes that clients sent behind a handshake that had failed.
    std::size_t behind_refusal() const { return state_->behind_refusal; }

    unsigned short port = 0;

  private:
    struct state {
        state(executor ex_, openssl_ptr<SSL_CTX> context_, script play_)
            : ex(ex_), context(std::move(context_)), play(std::move(play_))
        {}
        executor ex;
        openssl_ptr<SSL_CTX> context;
        script play;
        std::string seen{};
        int handshakes = 0;
        int resumed = 0;
        std::size_t behind_refusal = 0;
    };

    static task<> serve(std::shared_ptr<state> s, stream_socket socket, int number)
    {
        scripted_peer one(std::move(socket), s->context.get(), s->seen);
        auto failed = co_await one.wire.handshake();
        if (failed) {
            raw_peer rest(beside(one.wire, s->ex));
            auto bytes = co_await rest.read_all();
            s->behind_refusal += bytes.size();
            co_return;
        }
        ++s->handshakes;
        s->resumed += one.wire.resumed() ? 1 : 0;
        co_await s->play(one, number);
    }

    std::shared_ptr<state> state_;
    loopback_listener listener_;
};

} // namespace ulak::http::testing
