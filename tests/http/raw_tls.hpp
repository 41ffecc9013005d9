// A listener that answers a client's greeting with bytes of a test's choice, sound or not.
#pragma once

#include "http/loopback_listener.hpp"
#include "http/raw_peer.hpp"
#include "http/tls/server_context.hpp"

#include <functional>
#include <memory>
#include <string>

namespace ulak::http::testing {

/// What a server made of OpenSSL answers to the bytes of a client. One handshake each.
class tls_engine {
  public:
    explicit tls_engine(SSL_CTX* context) : ssl_(make_server_ssl(context))
    {
        SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    }

    std::string answer(std::string_view heard)
    {
        BIO_write(SSL_get_rbio(ssl_.get()), heard.data(), static_cast<int>(heard.size()));
        SSL_do_handshake(ssl_.get());
        ERR_clear_error();
        char* data = nullptr;
        const long size = BIO_get_mem_data(SSL_get_wbio(ssl_.get()), &data);
        std::string out(data, static_cast<std::size_t>(size));
        BIO_reset(SSL_get_wbio(ssl_.get()));
        return out;
    }

  private:
    openssl_ptr<SSL> ssl_;
};

/// Bytes of one TLS record as it stands on the wire.
inline std::string record(unsigned char type, std::string_view content, unsigned char minor = 3)
{
    std::string out{static_cast<char>(type), '\x03', static_cast<char>(minor), static_cast<char>(content.size() >> 8),
                    static_cast<char>(content.size() & 255)};
    return out.append(content);
}

inline std::string alert(unsigned char level, unsigned char what)
{
    return record(21, std::string{static_cast<char>(level), static_cast<char>(what)});
}

/// Plays every connection alike: the whole greeting is read, then `answer` says what goes back for each piece that
/// comes.
class raw_tls_server {
  public:
    using answering = std::function<std::string(int turn, std::string heard)>;
    enum class ending { close, hold, reset };

    /// `make` is called for each connection with its number, from 0.
    raw_tls_server(executor ex, std::function<answering(int)> make, ending end = ending::hold,
                   loopback_listener::endpoint where = loopback_listener::any_port())
        : state_(std::make_shared<state>(std::move(make), end)),
          listener_(
              ex, [s = state_](auto socket, int number) { return serve(s, raw_peer(std::move(socket)), number); },
              where)
    {
        port = listener_.port();
    }

    int connections() const { return listener_.connections(); }
    int answered() const { return state_->answered; }       ///< connections whose first answer was written
    std::size_t longest() const { return state_->longest; } ///< bytes that one client sent behind its greeting
    bool greeted() const { return state_->greeted; }        ///< all began with a TLS handshake record

    unsigned short port = 0;

  private:
    struct state {
        state(std::function<answering(int)> make_, ending end_) : make(std::move(make_)), end(end_) {}
        std::function<answering(int)> make;
        ending end;
        int answered = 0;
        std::size_t longest = 0;
        bool greeted = true;
    };

    static task<> serve(std::shared_ptr<state> s, raw_peer peer, int number)
    {
        auto hello = co_await peer.read_bytes(5);
        if (hello.size() == 5) {
            const auto size = static_cast<unsigned char>(hello[3]) * 256u + static_cast<unsigned char>(hello[4]);
            auto rest = co_await peer.read_bytes(size);
            hello += rest;
        }
        s->greeted = s->greeted && hello.starts_with("\x16\x03");
        auto answer = s->make(number);
        std::size_t heard = 0;
        for (int turn = 0; !hello.empty(); ++turn) {
            auto bytes = answer(turn, std::move(hello));
            co_await peer.send(std::move(bytes));
            s->answered += turn == 0 ? 1 : 0;
            if (s->end == ending::close)
                peer.end_sending();
            if (s->end == ending::reset) {
                peer.reset();
                co_return;
            }
            hello = co_await peer.read_some();
            heard += hello.size();
            s->longest = std::max(s->longest, heard);
        }
    }

    std::shared_ptr<state> state_;
    loopback_listener listener_;
};

} // namespace ulak::http::testing
