#include "http/client_fixture.hpp"

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
