#include "control/detail/access.hpp"

#include "control/control.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(access_)

using namespace ulak;
using namespace ulak::control;

namespace {

constexpr uid_t daemon_uid = 991;

http::peer caller(const char* listener, uid_t uid, bool local = true)
{
    http::peer p;
    p.listener = listener;
    p.local = local;
    p.uid = uid;
    return p;
}

http::incoming_request with(http::header_list headers, const char* listener = operate_listener)
{
    http::incoming_request in;
    in.verb = "GET";
    in.headers = std::move(headers);
    in.remote = caller(listener, 0);
    return in;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_level_follows_from_the_socket_and_the_caller)
{
    BOOST_TEST((level_of(caller(operate_listener, 0), daemon_uid) == access_level::admin));
    BOOST_TEST((level_of(caller(operate_listener, daemon_uid), daemon_uid) == access_level::admin));
    BOOST_TEST((level_of(caller(operate_listener, 1000), daemon_uid) == access_level::operate));
    BOOST_TEST((level_of(caller(view_listener, 0), daemon_uid) == access_level::view));
    BOOST_TEST((level_of(caller(metrics_listener, 0, false), daemon_uid) == access_level::metrics));
    BOOST_TEST((level_of(caller("something new", 0), daemon_uid) == access_level::view));
    BOOST_TEST((level_of(caller(operate_listener, 0, false), daemon_uid) == access_level::view));
}

BOOST_AUTO_TEST_CASE(web_pages_are_refused)
{
    BOOST_TEST(check_caller(with({{"Host", "ulak"}})).has_value());
    for (const char* host : {"LocalHost", "localhost:80", "unix", "ulak:80"})
        BOOST_TEST(check_caller(with({{"Host", host}})).has_value(), host);
    for (const http::header_list& headers :
         {http::header_list{{"Host", "ulak"}, {"Origin", "https://example.com"}},
          http::header_list{{"Host", "ulak"}, {"Referer", "https://example.com/x"}},
          http::header_list{{"Host", "ulak"}, {"Origin", ""}}, http::header_list{{"Host", "ulak"}, {"oRIGIN", "null"}},
          http::header_list{{"Host", "ulak"}, {"Origin", ""}, {"Origin", "https://example.com"}},
          http::header_list{{"Host", "ulak"}, {"Referer", ""}}, http::header_list{{"Host", "example.com"}},
          http::header_list{}}) {
        auto refused = check_caller(with(headers));
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error().code == errc::forbidden));
    }
}

BOOST_AUTO_TEST_CASE(a_scraper_names_the_address_that_it_asks)
{
    for (const char* host : {"127.0.0.1:9464", "127.0.0.1", "[::1]:9464", "[::1]", "LocalHost:9464", "localhost"})
        BOOST_TEST(check_caller(with({{"Host", host}}, metrics_listener)).has_value(), host);
    for (const char* host : {"rebind.example.com:9464", "rebind.example.com", "127.0.0.1.example.com:9464", "ulak", "",
                             ":9464", "[", "[]", "localhost.example.com", "127.0.0.1:9464.example.com"})
        BOOST_TEST(!check_caller(with({{"Host", host}}, metrics_listener)).has_value(), host);
    BOOST_TEST(!check_caller(with({}, metrics_listener)).has_value());
    BOOST_TEST(!check_caller(with({{"Host", "127.0.0.1"}, {"Origin", ""}}, metrics_listener)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
