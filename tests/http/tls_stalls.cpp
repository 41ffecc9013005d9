// N5 to N7: a handshake of TLS 1.2 that stops, breaks or is broken off at any byte of the server's part, and what comes
// between it and the request. links.cpp does the same to every byte of TLS 1.3, in both directions.
#include "http/raw_tls.hpp"
#include "http/tls_fixture.hpp"

#include <boost/asio/post.hpp>

namespace ulak::http::testing {
namespace {

struct stalls_fixture : tls_fixture {
    static constexpr std::size_t at_once = 150;

    /// How many bytes of a server's answer to a greeting are surely not all of it.
    std::size_t flight_size(SSL_CTX* context)
    {
        openssl_ptr<SSL_CTX> client_context(SSL_CTX_new(TLS_client_method()));
        openssl_ptr<SSL> client(SSL_new(client_context.get()));
        SSL_set_connect_state(client.get());
        SSL_set_bio(client.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_do_handshake(client.get());
        char* data = nullptr;
        const long size = BIO_get_mem_data(SSL_get_wbio(client.get()), &data);
        // A signature differs by a few bytes from one time to the next.
        return tls_engine(context).answer(std::string_view(data, static_cast<std::size_t>(size))).size() - 8;
    }

    /// Purchases number `from` and the next ones, each at a server that stops behind as many bytes of its flight.
    std::vector<std::shared_ptr<started<exchange>>> buy_from_stopping(SSL_CTX* context, std::size_t from,
                                                                      std::size_t count, raw_tls_server::ending end)
    {
        auto make = [context, from](int number) {
            return [context, stop = from + static_cast<std::size_t>(number)](int turn, std::string heard) {
                return turn == 0 ? tls_engine(context).answer(heard).substr(0, stop) : std::string();
            };
        };
        web.reset();
        raw = std::make_unique<raw_tls_server>(ex, make, end);
        client_settings s(origin::parse("https://api.provider.test:" + std::to_string(raw->port)).value());
        s.max_connections = at_once;
        s.ca_file = folder.write("root.pem", root.pem());
        use(std::move(s));
        std::vector<std::shared_ptr<started<exchange>>> all;
        for (std::size_t i = 0; i < count; ++i)
            all.push_back(begin(purchase(), costly()));
        until([&] { return raw->answered() == static_cast<int>(count); });
        return all;
    }

    static bool all_ended(const std::vector<std::shared_ptr<started<exchange>>>& all)
    {
        return std::all_of(all.begin(), all.end(), [](const auto& one) { return one->ended(); });
    }

    static void not_sent(const exchange& x, errc code)
    {
        BOOST_TEST_REQUIRE(x.answer.has_error());
        BOOST_TEST(x.answer.error().code == code);
        BOOST_TEST(x.answer.error().how_far == reach::not_sent);
        BOOST_TEST(!x.trace.handed_to_tls);
        BOOST_TEST(x.trace.reached == phase::tls);
    }

    std::unique_ptr<raw_tls_server> raw;
    ~stalls_fixture() { raw.reset(); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tls_stalls_, stalls_fixture)

BOOST_AUTO_TEST_CASE(n06_a_handshake_that_stalls_at_any_byte_ends_unsent_after_ten_seconds)
{
    auto context = speaking("P-256", TLS1_2_VERSION);
    const auto size = flight_size(context.get());
    BOOST_TEST_MESSAGE(size << " stalls");
    for (std::size_t from = 0; from < size; from += at_once) {
        const auto all =
            buy_from_stopping(context.get(), from, std::min(at_once, size - from), raw_tls_server::ending::hold);
        turn();
        pass(9s);
        for (const auto& one : all)
            BOOST_TEST(!one->ended());
        pass(2s);
        until([&] { return all_ended(all); });
        for (const auto& one : all)
            not_sent(one->get(), errc::timed_out);
    }
}

BOOST_AUTO_TEST_CASE(n06_a_handshake_that_is_broken_off_at_any_byte_ends_unsent_at_once)
{
    for (const auto end : {raw_tls_server::ending::close, raw_tls_server::ending::reset}) {
        auto context = speaking("P-256", TLS1_2_VERSION);
        const auto size = flight_size(context.get());
        for (std::size_t from = 0; from < size; from += at_once) {
            const auto all = buy_from_stopping(context.get(), from, std::min(at_once, size - from), end);
            until([&] { return all_ended(all); });
            for (const auto& one : all)
                not_sent(one->get(), errc::connection_lost);
        }
    }
}

BOOST_AUTO_TEST_CASE(n07_a_peer_that_leaves_before_the_first_byte_is_noticed_before_anything_is_sent)
{
    enum class leaving { goodbye, end, reset, alert };
    for (const auto how : {leaving::goodbye, leaving::end, leaving::reset, leaving::alert})
        BOOST_TEST_CONTEXT(static_cast<int>(how))
        {
            serve_and_use([how](scripted_peer& peer, int) -> task<> {
                if (how == leaving::goodbye)
                    peer.wire.shutdown();
                else if (how == leaving::end)
                    peer.wire.close();
                else if (how == leaving::reset)
                    peer.wire.reset();
                else
                    co_await peer.say("HTTP/1.1 408 Request Timeout\r\n\r\n");
                co_return;
            });
            auto gate = [this]() -> task<result<void>> {
                co_await clock.sleep_for(1s);
                co_return result<void>();
            };
            auto x = begin(purchase(), costly(gate));
            ends_within(x, 2s);
            until([&] { return x->ended(); });
            BOOST_TEST_REQUIRE(x->get().answer.has_error());
            BOOST_TEST(x->get().answer.error().code == errc::connection_lost);
            BOOST_TEST(x->get().answer.error().how_far == reach::not_sent);
            BOOST_TEST(!x->get().trace.handed_to_tls);
        }
}

BOOST_AUTO_TEST_CASE(n07_a_verdict_of_the_server_that_comes_after_the_request_is_a_doubt)
{
    // In TLS 1.3 the client is done before the server has looked at its certificate, and there is none.
    auto context = served({});
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    const auto x = buy_from({"wants a client certificate", std::move(context)});
    BOOST_TEST_REQUIRE(x.answer.has_error());
    if (x.trace.handed_to_tls) {
        BOOST_TEST(x.answer.error().code == errc::connection_lost);
        BOOST_TEST(x.answer.error().how_far == reach::maybe_sent);
        BOOST_TEST(x.answer.error().message.find("certificate required") != std::string::npos,
                   x.answer.error().message);
    }
    BOOST_TEST(provider->seen() == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
