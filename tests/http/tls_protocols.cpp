// Versions, ciphers and handshakes: sound ones, old ones, and ones that somebody on the way has touched.
#include "http/raw_tls.hpp"
#include "http/tls_fixture.hpp"

namespace ulak::http::testing {
namespace {

int choose_h2(SSL*, const unsigned char** out, unsigned char* size, const unsigned char*, unsigned, void* word)
{
    const auto* text = static_cast<const char*>(word);
    *out = reinterpret_cast<const unsigned char*>(text);
    *size = static_cast<unsigned char>(std::string_view(text).size());
    return SSL_TLSEXT_ERR_OK;
}

// OpenSSL's own macros for these cast away what is const.
void use_groups(SSL_CTX* context, std::string names)
{
    BOOST_TEST(SSL_CTX_ctrl(context, SSL_CTRL_SET_GROUPS_LIST, 0, names.data()) == 1);
}

void use_signatures(SSL_CTX* context, std::string names)
{
    BOOST_TEST(SSL_CTX_ctrl(context, SSL_CTRL_SET_SIGALGS_LIST, 0, names.data()) == 1);
}

std::size_t number_at(const std::string& bytes, std::size_t at, int width)
{
    std::size_t out = 0;
    for (int i = 0; i < width; ++i)
        out = out * 256 + static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
    return out;
}

void add_at(std::string& bytes, std::size_t at, int width, int change)
{
    auto value = number_at(bytes, at, width) + static_cast<std::size_t>(change);
    for (int i = width; i-- > 0; value /= 256)
        bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value % 256);
}

// Where things stand in a record with a ServerHello: 5 bytes of record, 4 of message, 2 of version, 32 of random.
constexpr std::size_t legacy_version = 9, session_id = 43;

std::size_t behind_session_id(const std::string& flight)
{
    return session_id + 1 + number_at(flight, session_id, 1);
}

// Where an extension's type stands; npos if it is not there.
std::size_t find_extension(const std::string& flight, std::size_t type)
{
    std::size_t at = behind_session_id(flight) + 5;
    const std::size_t end = at + number_at(flight, at - 2, 2);
    for (; at < end; at += 4 + number_at(flight, at + 2, 2))
        if (number_at(flight, at, 2) == type)
            return at;
    return std::string::npos;
}

void remove_extension(std::string& flight, std::size_t type)
{
    const auto at = find_extension(flight, type);
    BOOST_TEST_REQUIRE((at != std::string::npos));
    const auto size = 4 + number_at(flight, at + 2, 2);
    flight.erase(at, size);
    add_at(flight, 3, 2, -static_cast<int>(size));
    add_at(flight, 6, 3, -static_cast<int>(size));
    add_at(flight, behind_session_id(flight) + 3, 2, -static_cast<int>(size));
}

using edit = std::function<void(std::string&)>;

edit set(std::size_t at, std::string bytes)
{
    return [at, bytes](std::string& flight) { flight.replace(at, bytes.size(), bytes); };
}

edit set_in_extension(std::size_t type, std::size_t at, std::string bytes)
{
    return [=](std::string& flight) {
        const auto found = find_extension(flight, type);
        BOOST_TEST_REQUIRE((found != std::string::npos));
        flight.replace(found + at, bytes.size(), bytes);
    };
}

constexpr std::size_t renegotiation_info = 0xff01, supported_versions = 43, key_share = 51;

struct tampering {
    std::string what;
    edit with_answer;
    std::string says{};
    int version = TLS1_3_VERSION; ///< the newest that the server speaks
    edit with_greeting{};
};

struct raw_fixture : tls_fixture {
    /// What a purchase comes to at a server that answers so.
    exchange buy_raw(std::function<raw_tls_server::answering(int)> make,
                     raw_tls_server::ending end = raw_tls_server::ending::hold)
    {
        web.reset();
        raw = std::make_unique<raw_tls_server>(ex, std::move(make), end);
        auto where = origin::parse("https://api.provider.test:" + std::to_string(raw->port)).value();
        client_settings s(where);
        s.ca_file = folder.write("root.pem", root.pem());
        use(std::move(s));
        return ask(purchase(), costly());
    }

    exchange buy_from_bytes(std::string bytes, raw_tls_server::ending end = raw_tls_server::ending::close)
    {
        return buy_raw([bytes](int) { return [bytes](int turn, std::string) { return turn == 0 ? bytes : ""; }; }, end);
    }

    void refused(const exchange& x, std::string_view says, errc code = errc::tls_failed)
    {
        constexpr std::size_t most_behind_greeting = 256; // an alert, or the end of a handshake; a request is longer
        BOOST_TEST_REQUIRE(x.answer.has_error());
        const error& why = x.answer.error();
        BOOST_TEST(why.code == code);
        BOOST_TEST(why.message.find(says) != std::string::npos, "\"" << why.message << "\" lacks " << says);
        BOOST_TEST(why.how_far == reach::not_sent);
        BOOST_TEST(!x.trace.handed_to_tls);
        BOOST_TEST(x.trace.reached == phase::tls);
        BOOST_TEST(raw->greeted());
        BOOST_TEST(raw->longest() < most_behind_greeting);
    }

    std::unique_ptr<raw_tls_server> raw;
    ~raw_fixture() { raw.reset(); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tls_protocols_, raw_fixture)

BOOST_AUTO_TEST_CASE(sound_protocols_are_accepted)
{
    std::vector<offer> good;
    for (const char* cipher :
         {"ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305"})
        good.push_back({std::string("TLS 1.2 with ") + cipher, speaking("RSA-2048", TLS1_2_VERSION, cipher)});
    good.push_back({"TLS 1.2 with P-256", speaking("P-256", TLS1_2_VERSION, "ECDHE-ECDSA-AES128-GCM-SHA256")});
    for (const char* cipher : {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"}) {
        auto one = served({});
        SSL_CTX_set_ciphersuites(one.get(), cipher);
        good.push_back({cipher, std::move(one)});
    }
    for (const char* group : {"P-256", "P-384", "P-521"}) { // another group than the one offered first: one more turn
        auto one = served({});
        use_groups(one.get(), group);
        good.push_back({std::string("the group ") + group, std::move(one)});
    }
    auto asking = served({});
    SSL_CTX_set_verify(asking.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    good.push_back({"asks for a client certificate", std::move(asking)});
    auto ours = served({});
    static char http1[] = "http/1.1";
    SSL_CTX_set_alpn_select_cb(ours.get(), choose_h2, http1);
    good.push_back({"chooses HTTP/1.1", std::move(ours)});
    auto no_tickets = served({});
    SSL_CTX_set_num_tickets(no_tickets.get(), 0);
    good.push_back({"offers no sessions", std::move(no_tickets)});
    accept_all(std::move(good), 13);
}

BOOST_AUTO_TEST_CASE(n05_old_versions_and_ciphers_see_no_byte_of_a_request)
{
    std::vector<offer> bad;
    bad.push_back({"TLS 1.0", speaking("P-256", TLS1_VERSION), "version"});
    bad.push_back({"TLS 1.1", speaking("P-256", TLS1_1_VERSION), "version"});
    for (const char* cipher :
         {"AES128-GCM-SHA256", "AES256-SHA256", "NULL-SHA256", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES128-SHA256",
          "ECDHE-RSA-AES256-SHA384", "DHE-RSA-AES128-GCM-SHA256", "DHE-RSA-AES256-SHA", "ECDHE-RSA-NULL-SHA",
          "CAMELLIA128-SHA", "AES128-CCM8", "ECDHE-RSA-CAMELLIA128-SHA256", "ARIA128-GCM-SHA256"})
        bad.push_back({cipher, speaking("RSA-2048", TLS1_2_VERSION, cipher), "handshake failure"});
    for (const char* cipher :
         {"ADH-AES128-GCM-SHA256", "AECDH-AES128-SHA", "ECDHE-ECDSA-AES128-CCM8", "ECDHE-ECDSA-AES128-SHA"})
        bad.push_back({cipher, speaking("P-256", TLS1_2_VERSION, cipher), "handshake failure"});
    auto small = served({});
    SSL_CTX_set_ciphersuites(small.get(), "TLS_AES_128_CCM_8_SHA256");
    bad.push_back({"TLS_AES_128_CCM_8_SHA256", std::move(small), ""});
    for (const char* group : {"brainpoolP256r1", "secp256k1", "P-224"})
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            auto one = speaking("P-256", version);
            use_groups(one.get(), group);
            bad.push_back({std::string("the group ") + group, std::move(one), ""});
        }
    for (const char* key : {"RSA-2048", "P-256"}) {
        auto one = speaking(key, TLS1_2_VERSION);
        use_signatures(one.get(), key[0] == 'R' ? "RSA+SHA1" : "ECDSA+SHA1");
        bad.push_back({std::string("signs with SHA-1 and ") + key, std::move(one), ""});
    }
    static char h2[] = "h2", spdy[] = "spdy/3.1";
    for (char* word : {h2, spdy}) {
        auto one = served({});
        SSL_CTX_set_alpn_select_cb(one.get(), choose_h2, word);
        bad.push_back({std::string("chooses ") + word, std::move(one), ""});
    }
    refuse_all(std::move(bad), 30);
}

BOOST_AUTO_TEST_CASE(n05_handshakes_that_were_touched_on_the_way_are_refused)
{
    const std::vector<tampering> all{
        {"a version rolled back", [](std::string&) {}, "inappropriate fallback", TLS1_3_VERSION,
         [](std::string& hello) { hello.replace(hello.find(std::string("\0\x2b\0\x05\x04", 5)), 2, "\x3a\x3a"); }},
        {"TLS 1.1 said in the new place", set_in_extension(supported_versions, 4, "\x03\x02"), ""},
        {"TLS 1.2 said in the new place", set_in_extension(supported_versions, 4, "\x03\x03"), ""},
        {"TLS 1.4", set_in_extension(supported_versions, 4, "\x03\x05"), ""},
        {"SSL 3 in the old place", set(legacy_version, std::string("\x03\0", 2)), "", TLS1_2_VERSION},
        {"TLS 1.0 in the old place", set(legacy_version, "\x03\x01"), "", TLS1_2_VERSION},
        {"TLS 1.3 in the old place", set(legacy_version, "\x03\x04"), ""},
        {"another session's number", set(session_id + 1, "\xaa\xbb\xcc"), ""},
        {"a session's number without end", set(session_id, "\xff"), ""},
        {"a cipher that was not offered", [](std::string& f) { f.replace(behind_session_id(f), 2, "\x13\x05"); },
         "cipher"},
        {"no cipher at all", [](std::string& f) { f.replace(behind_session_id(f), 2, std::string(2, '\0')); },
         "cipher"},
        {"compression", [](std::string& f) { f[behind_session_id(f) + 2] = '\x01'; }, "compression"},
        {"a group whose key was not offered", set_in_extension(key_share, 4, std::string("\0\x18", 2)), ""},
        {"a key of zeros", set_in_extension(key_share, 8, std::string(32, '\0')), ""},
        {"a key that is cut off", set_in_extension(key_share, 6, std::string("\0\x10", 2)), ""},
        {"another key", set_in_extension(key_share, 8, "\x11\x22\x33"), ""},
        {"an extension that nobody asked for", set_in_extension(key_share, 0, "\xfe\xfe"), ""},
        {"an extension twice", set_in_extension(key_share, 0, std::string("\0\x2b", 2)), ""},
        {"extensions longer than the message", [](std::string& f) { add_at(f, behind_session_id(f) + 3, 2, 7); }, ""},
        {"no secure renegotiation", [](std::string& f) { remove_extension(f, renegotiation_info); }, "renegotiation",
         TLS1_2_VERSION},
        {"a flipped bit in the certificate", [](std::string& f) { f[f.size() / 2] ^= 1; }, "", TLS1_2_VERSION},
        {"a flipped bit in the signature", [](std::string& f) { f[f.size() - 20] ^= 1; }, "", TLS1_2_VERSION},
        {"a flipped bit in what is encrypted", [](std::string& f) { f[f.size() - 30] ^= 1; }, "bad record mac"},
        {"another first message", set(5, "\x0b"), "unexpected message"},
        {"an unknown message", set(5, "\x63"), "unexpected message"},
        {"a message of 16 MB", set(6, "\xff\xff\xff"), "excessive message size"},
        {"an empty message", set(6, std::string(3, '\0')), ""},
        {"content instead of a handshake", set(0, "\x17"), ""},
        {"a kind of record that does not exist", set(0, "\x30"), ""},
        {"a record of SSL 2", set(1, std::string("\x02\0", 2)), ""},
        {"a record longer than allowed", set(3, "\xff\xff"), ""},
        {"the end of an earlier handshake", [](std::string& f) { f.insert(0, record(20, "\x02")); }, ""},
        {"a warning before it, five hundred times",
         [](std::string& f) {
             for (int i = 0; i < 500; ++i)
                 f.insert(0, alert(1, 112));
         },
         ""},
        {"empty records without end",
         [](std::string& f) {
             for (int i = 0; i < 500; ++i)
                 f.insert(0, record(22, ""));
         },
         ""},
    };
    for (const auto& one : all)
        BOOST_TEST_CONTEXT(one.what)
        {
            auto context = speaking("P-256", one.version);
            auto make = [&](int) {
                auto engine = std::make_shared<tls_engine>(context.get());
                return [&one, engine](int turn, std::string heard) {
                    if (turn == 0 && one.with_greeting)
                        one.with_greeting(heard);
                    auto flight = engine->answer(heard);
                    if (turn == 0)
                        one.with_answer(flight);
                    return flight;
                };
            };
            refused(buy_raw(make, raw_tls_server::ending::hold), one.says);
        }
    BOOST_TEST(all.size() >= 34u);
}

BOOST_AUTO_TEST_CASE(a_second_wish_for_another_greeting_is_refused)
{
    auto first = served({}), second = served({});
    use_groups(first.get(), "P-384");
    use_groups(second.get(), "P-521");
    auto make = [&](int) {
        return [&](int turn, std::string heard) {
            if (turn > 1)
                return std::string();
            // Some clients say "change cipher" before the second greeting.
            heard.erase(0, heard.starts_with('\x14') ? 6 : 0);
            return tls_engine(turn == 0 ? first.get() : second.get()).answer(heard);
        };
    };
    const auto x = buy_raw(make, raw_tls_server::ending::hold);
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::tls_failed);
    BOOST_TEST(!x.trace.handed_to_tls);
}

BOOST_AUTO_TEST_CASE(n05_servers_that_break_off_say_why)
{
    struct row {
        unsigned char what;
        std::string says;
    };
    const row rows[] = {{10, "unexpected"},
                        {20, "mac"},
                        {22, "overflow"},
                        {40, "handshake failure"},
                        {42, "certificate"},
                        {44, "revoked"},
                        {47, "illegal"},
                        {48, "CA"},
                        {49, "access denied"},
                        {50, "decode"},
                        {51, "decrypt"},
                        {70, "version"},
                        {71, "security"},
                        {80, "internal"},
                        {86, ""},
                        {90, "cancel"},
                        {109, ""},
                        {110, ""},
                        {112, ""},
                        {116, ""},
                        {120, ""}};
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("alert " << int(row.what))
    refused(buy_from_bytes(alert(2, row.what)), row.says);
    refused(buy_from_bytes(alert(2, 40)), "the server broke off");
    // A goodbye, and a warning that nothing follows.
    for (const auto& bytes : {alert(1, 0), alert(1, 90), alert(1, 112)}) {
        const auto x = buy_from_bytes(bytes);
        BOOST_TEST_REQUIRE(x.answer.has_error());
        BOOST_TEST(x.answer.error().how_far == reach::not_sent);
        BOOST_TEST(!x.trace.handed_to_tls);
    }
}

BOOST_AUTO_TEST_CASE(n05_what_speaks_no_tls_gets_nothing_but_a_greeting)
{
    const std::string plain[] = {"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
                                 "HTTP/1.0 200 OK\r\n\r\n{\"queueId\":17}",
                                 "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
                                 "220 mail.provider.test ESMTP Postfix\r\n",
                                 "-ERR unknown command\r\n",
                                 std::string(64, '\0'),
                                 std::string(64, '\xff'),
                                 std::string("\x80\x2e\x01\0\x02\0\x15", 7) + std::string(60, 'x'),
                                 record(24, std::string("\x01\x40\0xxxx", 7)),
                                 record(23, std::string(40, 'x'))};
    for (const auto& bytes : plain)
        BOOST_TEST_CONTEXT(bytes.substr(0, 20))
    refused(buy_from_bytes(bytes, raw_tls_server::ending::hold), "");
    refused(buy_from_bytes(plain[0]), "does not speak TLS");
    auto echo = [](int) { return [](int, std::string heard) { return heard; }; };
    refused(buy_raw(echo), "");
    refused(buy_from_bytes("", raw_tls_server::ending::close), "broke off", errc::connection_lost);
    refused(buy_from_bytes("", raw_tls_server::ending::reset), "broke off", errc::connection_lost);
}

BOOST_AUTO_TEST_CASE(a_server_that_wants_to_shake_hands_again_is_not_followed)
{
    // TLS 1.2: the server asks for a new handshake, in which it could show another certificate.
    auto context = speaking("RSA-2048", TLS1_2_VERSION);
    provider = std::make_unique<scripted_server>(ex, std::move(context), [](scripted_peer& peer, int) -> task<> {
        co_await peer.hear("}");
        SSL_renegotiate(peer.wire.native());
        co_await peer.say(good_answer);
        co_await peer.hear("never");
    });
    auto s = settings();
    s.ca_file = folder.write("root.pem", root.pem());
    use(std::move(s));
    auto x = begin(purchase(), costly());
    until([&] { return x->ended(); });
    BOOST_TEST(x->get().trace.handed_to_tls);
    if (x->get().answer.has_error()) // then it is known that something may have been bought
        BOOST_TEST(x->get().answer.error().how_far == reach::maybe_sent);
    BOOST_TEST(provider->handshakes() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
