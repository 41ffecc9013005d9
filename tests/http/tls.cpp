// A client with money to spend against servers that are not what they should be.
#include "http/client_fixture.hpp"
#include "http/forged.hpp"
#include "http/raw_peer.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {
namespace {

/// One server, and the name under which the client looks for it.
struct offer {
    std::string what;
    openssl_ptr<SSL_CTX> context;
    std::string host = "api.provider.test";
    const forged* root = nullptr; ///< instead of the usual one
};

struct tls_fixture : client_fixture {
    forged root = forge({.common_name = "Test Root", .authority = true, .until_days = 3650});
    forged middle = forge({.common_name = "Test Middle", .issuer = &root, .authority = true});
    std::vector<std::unique_ptr<forged>> kept;

    const forged& make(recipe r)
    {
        if (r.issuer == nullptr)
            r.issuer = &middle;
        kept.push_back(std::make_unique<forged>(forge(r)));
        return *kept.back();
    }

    const forged& make_alone(const recipe& r)
    {
        kept.push_back(std::make_unique<forged>(forge(r)));
        return *kept.back();
    }

    openssl_ptr<SSL_CTX> served(recipe r) { return careless_context(make(std::move(r)), {&middle}); }

    /// A leaf below another middle.
    openssl_ptr<SSL_CTX> below(const recipe& of_middle, recipe of_leaf = {})
    {
        recipe m = of_middle;
        if (m.issuer == nullptr)
            m.issuer = &root;
        m.authority = true;
        const auto& other = make(m);
        of_leaf.issuer = &other;
        return careless_context(make(of_leaf), {&other});
    }

    /// A sound certificate behind a protocol that is not.
    openssl_ptr<SSL_CTX> speaking(const std::string& key, int version, const char* ciphers)
    {
        auto out = served({.key = make_key(key)});
        SSL_CTX_set_min_proto_version(out.get(), 0);
        SSL_CTX_set_max_proto_version(out.get(), version);
        if (ciphers != nullptr)
            SSL_CTX_set_cipher_list(out.get(), ciphers);
        return out;
    }

    exchange buy_from(offer o)
    {
        web.reset();
        provider = std::make_unique<scripted_server>(ex, std::move(o.context), [](scripted_peer& peer, int) -> task<> {
            co_await peer.hear("}");
            co_await peer.say(good_answer);
        });
        names->known[o.host] = {"127.0.0.1"};
        auto s = settings(o.host);
        s.ca_file = folder.write("root.pem", (o.root == nullptr ? root : *o.root).pem());
        use(std::move(s));
        return ask(purchase(), costly());
    }
};

std::string nul_in_name()
{
    return "DER:30:1E:82:1C:61:70:69:2e:70:72:6f:76:69:64:65:72:2e:74:65:73:74:00:2e:65:76:69:6c:2e:74:65:73:74";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(tls_, tls_fixture)

BOOST_AUTO_TEST_CASE(sound_servers_are_accepted)
{
    std::vector<offer> good;
    good.push_back({"as it should be", served({})});
    good.push_back({"RSA of 2048 bits", served({.key = make_key("RSA-2048")})});
    good.push_back({"wildcard", served({.names = "DNS:*.provider.test"})});
    good.push_back({"several names", served({.names = "DNS:x.test,DNS:api.provider.test"})});
    good.push_back({"address", served({.names = "IP:127.0.0.1"}), "127.0.0.1"});
    good.push_back({"no extended usage", served({.extended = ""})});
    good.push_back({"upper case", served({.names = "DNS:API.Provider.TEST"})});
    const auto& unrelated = make_alone({.common_name = "Unrelated", .authority = true});
    good.push_back({"an unrelated certificate in the chain", careless_context(make({}), {&middle, &unrelated})});
    good.push_back(
        {"TLS 1.2 with forward secrecy", speaking("RSA-2048", TLS1_2_VERSION, "ECDHE-RSA-AES128-GCM-SHA256")});
    good.push_back({"signed by the root", careless_context(make({.issuer = &root}), {})});
    auto asking = served({});
    SSL_CTX_set_verify(asking.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    good.push_back({"asks for a client certificate", std::move(asking)});
    for (auto& o : good) {
        auto what = o.what;
        auto x = buy_from(std::move(o));
        BOOST_TEST(x.answer.has_value(), what << (x.answer ? "" : ": " + x.answer.error().message));
    }
}

BOOST_AUTO_TEST_CASE(unsound_servers_see_no_byte_of_a_request)
{
    std::vector<offer> bad;
    auto leaf = [&](std::string what, recipe r, std::string host = "api.provider.test") {
        bad.push_back({std::move(what), served(std::move(r)), std::move(host)});
    };
    leaf("expired", {.from_days = -60, .until_days = -1});
    leaf("not yet valid", {.from_days = 1, .until_days = 60});
    leaf("another name", {.names = "DNS:other.test"});
    leaf("name in the common name only", {.common_name = "api.provider.test", .names = ""});
    leaf("right common name, other names", {.common_name = "api.provider.test", .names = "DNS:other.test"});
    leaf("wildcard over two levels", {.names = "DNS:*.test"});
    leaf("wildcard not leftmost", {.names = "DNS:api.*.test"});
    leaf("partial wildcard", {.names = "DNS:ap*.provider.test"});
    leaf("bare wildcard", {.names = "DNS:*"});
    leaf("wildcard below the name", {.names = "DNS:*.api.provider.test"});
    leaf("wildcard of a top level", {.names = "DNS:*.test"}, "provider.a.test");
    leaf("NUL in the name", {.names = nul_in_name()});
    leaf("address as a name", {.names = "DNS:127.0.0.1"}, "127.0.0.1");
    leaf("address in the common name", {.common_name = "127.0.0.1", .names = ""}, "127.0.0.1");
    leaf("another address", {.names = "IP:127.0.0.2"}, "127.0.0.1");
    leaf("for clients", {.extended = "clientAuth"});
    leaf("for code", {.extended = "codeSigning"});
    leaf("SHA-1", {.digest = EVP_sha1()});
    leaf("RSA of 1024 bits", {.key = make_key("RSA-1024")});
    leaf("unknown critical extension", {.unknown_critical = true});
    leaf("for signing certificates only", {.usage = "critical,keyCertSign"});
    leaf("signed by another key", {.signed_by = make_key()});
    leaf("no subject and no name", {.common_name = "", .names = ""});
    leaf("trailing dot", {.names = "DNS:api.provider.test."});
    leaf("leading dot", {.names = "DNS:.provider.test"});
    leaf("an address of the web only", {.common_name = "api.provider.test", .names = "URI:https://api.provider.test/"});
    leaf("names that contain the name", {.names = "DNS:evilapi.provider.test,DNS:api.provider.test.evil.test"});

    bad.push_back({"self-signed", careless_context(make_alone({.common_name = "api.provider.test"}), {})});
    const auto& stranger = make_alone({.common_name = "Evil Root", .authority = true});
    bad.push_back({"unknown authority", careless_context(make({.issuer = &stranger}), {&stranger})});
    const auto& namesake = make_alone({.common_name = "Test Root", .authority = true});
    bad.push_back({"a false root of the same name", careless_context(make({.issuer = &namesake}), {&namesake})});
    bad.push_back({"missing middle", careless_context(make({}), {})});
    bad.push_back({"the authority itself", careless_context(middle, {})});
    const auto& old_root = make_alone({.common_name = "Old", .authority = true, .from_days = -60, .until_days = -1});
    bad.push_back({"expired root", careless_context(make({.issuer = &old_root}), {}), "api.provider.test", &old_root});

    bad.push_back({"expired middle", below({.common_name = "M", .from_days = -60, .until_days = -1})});
    bad.push_back({"future middle", below({.common_name = "M", .from_days = 5, .until_days = 60})});
    bad.push_back({"middle for clients", below({.common_name = "M", .extended = "clientAuth"})});
    bad.push_back({"middle without basic constraints", below({.common_name = "M", .constraints = ""})});
    bad.push_back({"middle that may not sign", below({.common_name = "M", .usage = "critical,digitalSignature"})});
    bad.push_back({"middle with SHA-1", below({.common_name = "M", .digest = EVP_sha1()})});
    bad.push_back({"middle with RSA of 1024 bits", below({.common_name = "M", .key = make_key("RSA-1024")})});
    recipe excluded{.common_name = "M"}, elsewhere{.common_name = "M"};
    excluded.more.emplace_back(NID_name_constraints, "critical,excluded;DNS:provider.test");
    elsewhere.more.emplace_back(NID_name_constraints, "critical,permitted;DNS:other.test");
    bad.push_back({"name excluded", below(excluded)});
    bad.push_back({"name not permitted", below(elsewhere)});
    bad.push_back({"name not permitted, in the common name",
                   below(elsewhere, {.common_name = "api.provider.test", .names = ""})});

    const auto& end = make({.common_name = "end"});
    bad.push_back({"a leaf that signs", careless_context(make({.issuer = &end}), {&end, &middle})});
    const auto& last =
        make({.common_name = "Last", .issuer = &root, .authority = true, .constraints = "critical,CA:TRUE,pathlen:0"});
    const auto& beyond = make({.common_name = "Beyond", .issuer = &last, .authority = true});
    bad.push_back({"longer than allowed", careless_context(make({.issuer = &beyond}), {&beyond, &last})});
    std::vector<const forged*> deep{&root};
    for (int i = 0; i < 12; ++i)
        deep.insert(deep.begin(),
                    &make({.common_name = "D" + std::to_string(i), .issuer = deep.front(), .authority = true}));
    const auto* deepest = deep.front();
    bad.push_back({"twelve deep", careless_context(make({.issuer = deepest}), deep)});
    std::string crowd = "DNS:api.provider.test";
    for (int i = 0; i < 8000; ++i)
        crowd += ",DNS:h" + std::to_string(i) + ".x.test";
    leaf("a certificate of 150 KB", {.names = crowd});

    bad.push_back({"TLS 1.0", speaking("P-256", TLS1_VERSION, nullptr)});
    bad.push_back({"TLS 1.1", speaking("P-256", TLS1_1_VERSION, nullptr)});
    bad.push_back({"static RSA", speaking("RSA-2048", TLS1_2_VERSION, "AES128-GCM-SHA256")});
    bad.push_back({"no cipher", speaking("RSA-2048", TLS1_2_VERSION, "NULL-SHA256")});
    bad.push_back({"anonymous", speaking("P-256", TLS1_2_VERSION, "ADH-AES128-GCM-SHA256")});
    bad.push_back({"CBC with SHA-1", speaking("RSA-2048", TLS1_2_VERSION, "ECDHE-RSA-AES128-SHA")});
    bad.push_back({"CBC with SHA-2", speaking("RSA-2048", TLS1_2_VERSION, "ECDHE-RSA-AES128-SHA256")});

    BOOST_TEST(bad.size() >= 50u);
    for (auto& o : bad) {
        auto what = o.what;
        auto x = buy_from(std::move(o));
        turn();
        BOOST_TEST_CONTEXT(what)
        {
            BOOST_TEST(provider->connections() == 1);
            BOOST_TEST(provider->seen() == "");
            BOOST_TEST_REQUIRE(x.answer.has_error());
            BOOST_TEST(x.answer.error().code == errc::tls_failed);
            BOOST_TEST(x.answer.error().how_far == reach::not_sent);
            BOOST_TEST(!x.how.handed_to_tls);
            BOOST_TEST(x.how.reached == phase::tls);
        }
    }
}

BOOST_AUTO_TEST_CASE(servers_that_speak_no_tls_or_leave_get_nothing_but_a_greeting)
{
    for (std::string answer : {"HTTP/1.1 400 Bad Request\r\n\r\n", ""}) {
        asio::ip::tcp::endpoint loopback(asio::ip::address_v4::loopback(), 0);
        asio::basic_socket_acceptor<asio::ip::tcp, executor> acceptor(ex, loopback);
        std::string seen;
        auto play = [&]() -> task<> {
            asio::basic_stream_socket<asio::ip::tcp, executor> socket(ex);
            co_await acceptor.async_accept(socket, use_task);
            raw_peer peer(std::move(socket));
            seen = co_await peer.read_bytes(5);
            co_await peer.send(answer);
        };
        auto played = start(play());
        serve([](scripted_peer&, int) -> task<> { co_return; });
        auto s = settings();
        s.where.port = std::to_string(acceptor.local_endpoint().port());
        use(std::move(s));
        auto x = ask(purchase(), costly());
        BOOST_TEST_REQUIRE(x.answer.has_error());
        BOOST_TEST(x.answer.error().code == errc::tls_failed);
        BOOST_TEST(!x.how.handed_to_tls);
        BOOST_TEST(seen.substr(0, 2) == "\x16\x03");
        until([&] { return played->ended(); });
    }
}

BOOST_AUTO_TEST_CASE(a_handshake_that_stalls_at_any_byte_ends_unsent)
{
    // The bytes of a real server's first flight, then silence.
    auto ssl_context = served({});
    openssl_ptr<SSL> server_side(accept_with(ssl_context.get()));
    SSL_set_bio(server_side.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    for (std::size_t stop : {0u, 1u, 5u, 6u, 60u, 127u, 128u, 300u, 700u}) {
        asio::ip::tcp::endpoint loopback(asio::ip::address_v4::loopback(), 0);
        asio::basic_socket_acceptor<asio::ip::tcp, executor> acceptor(ex, loopback);
        bool stalled = false;
        auto play = [&]() -> task<> {
            asio::basic_stream_socket<asio::ip::tcp, executor> socket(ex);
            co_await acceptor.async_accept(socket, use_task);
            raw_peer peer(std::move(socket));
            auto hello = co_await peer.read_bytes(5);
            auto size = static_cast<unsigned char>(hello[3]) * 256u + static_cast<unsigned char>(hello[4]);
            hello += co_await peer.read_bytes(size);
            SSL_clear(server_side.get());
            SSL_set_accept_state(server_side.get());
            BIO_reset(SSL_get_wbio(server_side.get()));
            BIO_write(SSL_get_rbio(server_side.get()), hello.data(), static_cast<int>(hello.size()));
            SSL_do_handshake(server_side.get());
            char* data = nullptr;
            long flight = BIO_get_mem_data(SSL_get_wbio(server_side.get()), &data);
            BOOST_TEST(static_cast<std::size_t>(flight) > stop);
            co_await peer.send(std::string(data, stop));
            stalled = true;
            co_await peer.read_all();
        };
        auto played = start(play());
        serve([](scripted_peer&, int) -> task<> { co_return; });
        auto s = settings();
        s.where.port = std::to_string(acceptor.local_endpoint().port());
        s.ca_file = folder.write("root.pem", root.pem());
        use(std::move(s));
        auto x = begin(purchase(), costly());
        until([&] { return stalled; });
        BOOST_TEST_CONTEXT("stalled at " << stop)
        {
            BOOST_TEST(!ends_within(x, 9s));
            BOOST_TEST(ends_within(x, 2s));
            until([&] { return x->ended() && played->ended(); });
            BOOST_TEST(x->get().answer.error().code == errc::timed_out);
            BOOST_TEST(x->get().answer.error().how_far == reach::not_sent);
            BOOST_TEST(x->get().how.reached == phase::tls);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
