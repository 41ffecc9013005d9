#include "http/pool.hpp"

#include "http/client_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {
namespace {

task<> answer_all(scripted_peer& peer, int)
{
    bool more = co_await peer.hear("\r\n\r\n");
    while (more) {
        co_await peer.say(good_answer);
        more = co_await peer.hear("\r\n\r\n");
    }
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(pool_, client_fixture)

BOOST_AUTO_TEST_CASE(a_request_stands_on_the_wire_as_agreed)
{
    serve_and_use(answer_all);
    request r(method::get, "/orders/7?x=%20", "test.order");
    r.headers.emplace_back("Authorization", "Bearer tok");
    auto x = ask(r);
    BOOST_TEST_REQUIRE(x.answer.has_value());
    BOOST_TEST(x.answer->status == 200);
    BOOST_TEST(x.answer->body == "{\"queueId\":17}");
    BOOST_TEST(x.answer->header("content-type") == "application/json");
    BOOST_TEST(provider->seen() ==
               "GET /api/v1/orders/7?x=%20 HTTP/1.1\r\nHost: api.provider.test:" + std::to_string(provider->port) +
                   "\r\nUser-Agent: ulakd/" ULAK_VERSION "\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n"
                   "Authorization: Bearer tok\r\n\r\n");
    BOOST_TEST(x.how.reached == phase::complete);
    BOOST_TEST(x.how.handed_to_tls);
    BOOST_TEST(x.how.framing_ok);
    BOOST_TEST(x.how.leftover == 0u);
    BOOST_TEST(x.how.close == closing::none);
    BOOST_TEST(!x.how.reused_connection);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
