#include "http/tls/tls_engine.hpp"

#include "http/client_fixture.hpp"
#include "http/tls/server_context.hpp"
#include "http/tls/trust_store.hpp"

#include <boost/asio/error.hpp>
#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

/// Two engines, with each one's bytes carried to the other by hand.
struct engine_pair {
    temporary_folder folder;
    std::shared_ptr<trust_store> trusted =
        trust_store::load(folder.write("ca.pem", shared_identities::get().authority.certificate_pem)).value();
    openssl_ptr<SSL_CTX> context =
        make_server_context(shared_identities::get().leaf.certificate_pem, shared_identities::get().leaf.key_pem)
            .value();
    session_cache sessions;
    origin where = origin::parse("https://api.provider.test").value();
    tls_engine client{trusted->make_ssl(where, sessions)};
    tls_engine server{make_server_ssl(context.get())};

    static std::string carry(tls_engine& from, tls_engine& to)
    {
        std::string bytes = std::exchange(from.outbound(), std::string());
        to.feed(bytes);
        return bytes; // must stay until they are read
    }

    void shake_hands()
    {
        bool done = false;
        for (int round = 0; round < 10 && !done; ++round) {
            auto ours = client.handshake();
            const auto to_server = carry(client, server);
            auto theirs = server.handshake();
            const auto to_client = carry(server, client);
            ours = client.handshake();
            done = !ours && !theirs;
            if (done)
                take(client); // session tickets
        }
        BOOST_TEST_REQUIRE(done);
    }

    static std::string take(tls_engine& from)
    {
        char buffer[16 * 1024];
        std::string out;
        for (auto got = from.read(buffer); !got.ec; got = from.read(buffer))
            out.append(buffer, got.bytes);
        return out;
    }
};

BOOST_FIXTURE_TEST_SUITE(tls_engine_, engine_pair)

BOOST_AUTO_TEST_CASE(what_one_side_encrypts_the_other_reads)
{
    shake_hands();
    const std::string text(100'000, 'x');
    std::string_view plain(text);
    std::string read;
    while (!plain.empty()) {
        BOOST_TEST(!client.encrypt(plain));
        const auto bytes = carry(client, server);
        read += take(server);
    }
    BOOST_TEST(read == text);
}

BOOST_AUTO_TEST_CASE(a_slice_bounds_what_is_encrypted_at_once)
{
    shake_hands();
    const std::string text(200'000, 'x');
    std::string_view plain(text);
    BOOST_TEST(!client.encrypt(plain));
    BOOST_TEST(plain.size() == text.size() - 64 * 1024);
}

BOOST_AUTO_TEST_CASE(a_record_in_pieces_is_read_when_its_last_byte_is_there)
{
    shake_hands();
    std::string_view plain("hello");
    BOOST_TEST(!client.encrypt(plain));
    const std::string record = client.outbound();
    char buffer[64];
    for (std::size_t i = 0; i + 1 < record.size(); ++i) {
        server.feed(std::string_view(record).substr(i, 1));
        BOOST_TEST((server.read(buffer).ec == boost::asio::error::would_block));
        BOOST_TEST(!server.has_unread_bytes());
    }
    server.feed(std::string_view(record).substr(record.size() - 1));
    BOOST_TEST(server.read(buffer).bytes == 5u);
}

BOOST_AUTO_TEST_CASE(a_look_leaves_the_content_and_discard_counts_it)
{
    shake_hands();
    BOOST_TEST((server.look() == boost::asio::error::would_block));
    std::string_view plain("12345");
    BOOST_TEST(!client.encrypt(plain));
    const auto bytes = carry(client, server);
    BOOST_TEST(!server.look());
    BOOST_TEST(server.has_input());
    BOOST_TEST(server.discard() == 5u);
    BOOST_TEST(!server.has_input());
}

BOOST_AUTO_TEST_CASE(close_notify_is_the_end_of_the_stream)
{
    shake_hands();
    client.close();
    const auto bytes = carry(client, server);
    char buffer[8];
    BOOST_TEST((server.read(buffer).ec == boost::asio::error::eof));
    BOOST_TEST(server.reason() == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_tls_fails_with_a_reason)
{
    (void)client.handshake();
    const std::string answer = "HTTP/1.1 400 Bad Request\r\n\r\n";
    client.feed(answer);
    BOOST_TEST((client.handshake() == boost::asio::error::access_denied));
    BOOST_TEST(client.reason() == "what answers there does not speak TLS");
}

BOOST_AUTO_TEST_CASE(a_certificate_for_another_name_is_refused_and_an_alert_is_ready)
{
    auto other = origin::parse("https://other.test").value();
    tls_engine strict(trusted->make_ssl(other, sessions));
    (void)strict.handshake();
    const auto hello = carry(strict, server);
    (void)server.handshake();
    const auto certificate = carry(server, strict);
    BOOST_TEST((strict.handshake() == boost::asio::error::access_denied));
    BOOST_TEST(strict.reason() == "the certificate is for api.provider.test, 127.0.0.1, not for other.test");
    BOOST_TEST(!strict.outbound().empty());
}

BOOST_AUTO_TEST_CASE(buffers_that_were_freed_come_back_with_the_next_record)
{
    shake_hands();
    client.keep_buffers();
    client.free_buffers();
    std::string_view plain("again");
    BOOST_TEST(!client.encrypt(plain));
    const auto bytes = carry(client, server);
    BOOST_TEST(take(server) == "again");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
