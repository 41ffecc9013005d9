#include "http/client_fixture.hpp"
#include "http/trust.hpp"

#include <boost/asio/post.hpp>

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_FIXTURE_TEST_SUITE(trust_store_, client_fixture)

BOOST_AUTO_TEST_CASE(one_account_resumes_its_sessions_and_no_other_does)
{
    for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const auto& leaf = shared_identities::get().leaf;
        auto context = make_server_context(leaf.certificate_pem, leaf.key_pem).value();
        SSL_CTX_set_max_proto_version(context.get(), version);
        provider = std::make_unique<scripted_server>(ex, std::move(context), answer_all);
        use(settings());
        BOOST_TEST(!ask(purchase(), costly()).trace.resumed_session);
        for (int i = 0; i < 5; ++i)
            BOOST_TEST(ask(purchase(), costly()).trace.resumed_session);
        BOOST_TEST(provider->resumed() == 5);
        use(settings()); // another account of the same provider, with the same trust
        BOOST_TEST(!ask(purchase(), costly()).trace.resumed_session);
        BOOST_TEST(provider->resumed() == 5);
        web.reset();
        turn();
    }
}

BOOST_AUTO_TEST_CASE(sessions_survive_connections_that_were_dropped)
{
    serve_and_use(answer_all);
    ask(read());
    for (int i = 0; i < 3; ++i) {
        pass(40s); // too old to be kept
        turn();
        auto x = ask(read());
        BOOST_TEST(!x.trace.reused_connection);
        BOOST_TEST(x.trace.resumed_session);
    }
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_was_exchanged_rules_the_next_connection)
{
    serve_and_use(answer_all);
    BOOST_TEST(ask(read()).answer.has_value());
    BOOST_TEST(ask(read()).trace.reused_connection);
    BOOST_TEST(renew_trust(false).value().empty()); // nothing changed
    BOOST_TEST(ask(read()).trace.reused_connection);
    // Another authority: neither the idle connection nor a session of the old one serves any more.
    folder.write("ca.pem", make_authority("Another authority").value().certificate_pem);
    BOOST_TEST(renew_trust(true).value() == std::vector<std::string>{ca_file}, boost::test_tools::per_element());
    BOOST_TEST(ask(read()).trace.reused_connection); // so far it was only asked
    BOOST_TEST(renew_trust(false).value() == std::vector<std::string>{ca_file}, boost::test_tools::per_element());
    auto x = ask(read());
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::tls_failed);
    // A file that cannot be used keeps what is trusted; the right one comes back.
    folder.write("ca.pem", "no certificate\n");
    auto bad = renew_trust(false);
    BOOST_TEST_REQUIRE(bad.has_error());
    BOOST_TEST(bad.error().message.find(ca_file) != std::string::npos);
    folder.write("ca.pem", shared_identities::get().authority.certificate_pem + "\n");
    BOOST_TEST(renew_trust(false).has_value());
    x = ask(read());
    BOOST_TEST(x.answer.has_value());
    BOOST_TEST(!x.trace.resumed_session);
}

BOOST_AUTO_TEST_CASE(an_exchange_that_outlives_the_renewal_leaves_no_connection_behind)
{
    bool go = false;
    serve_and_use([&go](scripted_peer& peer, int) -> task<> {
        bool more = co_await peer.hear("\r\n\r\n");
        while (more) {
            while (!go)
                co_await boost::asio::post(use_task);
            co_await peer.say(good_answer);
            more = co_await peer.hear("\r\n\r\n");
        }
    });
    auto slow = begin(read(), within(30s));
    until_heard("/balance");
    folder.write("ca.pem", shared_identities::get().authority.certificate_pem + "\n");
    BOOST_TEST(renew_trust(false).value().size() == 1u);
    go = true;
    until([&] { return slow->ended(); });
    auto x = ask(read());
    BOOST_TEST(x.answer.has_value());
    BOOST_TEST(!x.trace.reused_connection);
    BOOST_TEST(!x.trace.resumed_session);
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_cannot_be_used_is_named)
{
    serve(answer_all);
    for (const auto& path :
         {folder / "missing.pem", folder.write("empty.pem", ""), folder.write("text.pem", "hello\n"), folder / ""}) {
        auto s = settings();
        s.ca_file = path;
        auto made = make_client(ex, clock, names, std::move(s));
        BOOST_TEST_REQUIRE(made.has_error(), path);
        BOOST_TEST(made.error().code == errc::invalid_argument);
        BOOST_TEST(made.error().message.find(path) != std::string::npos);
    }
    auto s = settings();
    s.ca_file = "";
    use(std::move(s)); // the system's, which does not know the test's authority
    auto x = ask(read());
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::tls_failed);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
