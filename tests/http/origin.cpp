#include "http/message.hpp"

#include "http/print.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(origin_)

BOOST_AUTO_TEST_CASE(addresses_are_taken_apart)
{
    struct row {
        std::string_view url, host, port, base_path;
        bool address;
    };
    constexpr row rows[] = {
        {"https://tamonay.com/api/v1", "tamonay.com", "443", "/api/v1", false},
        {"https://Tamonay.COM/api/v1/", "tamonay.com", "443", "/api/v1", false},
        {"HTTPS://a.b-c.d:8443", "a.b-c.d", "8443", "", false},
        {"https://127.0.0.1:4711/v1", "127.0.0.1", "4711", "/v1", true},
        {"https://[::1]:4711/v1", "::1", "4711", "/v1", true},
        {"https://[2001:db8::1]/", "2001:db8::1", "443", "", true},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.url)
        {
            auto o = origin::parse(row.url);
            BOOST_TEST_REQUIRE(o.has_value());
            BOOST_TEST(o->host == row.host);
            BOOST_TEST(o->port == row.port);
            BOOST_TEST(o->base_path == row.base_path);
            BOOST_TEST(o->host_is_address == row.address);
        }
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused)
{
    for (auto url : {"http://a.test/",
                     "a.test",
                     "https://",
                     "https:///x",
                     "https://user@a.test/",
                     "https://u:p@a.test/",
                     "https://a.test/?q",
                     "https://a.test/#f",
                     "https://a..test/",
                     "https://a.test./",
                     "https://-a.test/",
                     "https://a.test:0/",
                     "https://a.test:65536/",
                     "https://a.test:x/",
                     "https://a.test:/",
                     "https://a b/",
                     "https://a\r\n.test/",
                     "https://[::1/",
                     "https://[a.test]/",
                     "https://[::1]x/",
                     "https://ı.test/",
                     "https://a.test\\@b.test/",
                     "ftp://a.test/",
                     "https://1.2.3.4.5:x/"})
        BOOST_TEST_CONTEXT(url)
        {
            auto o = origin::parse(url);
            BOOST_TEST_REQUIRE(o.has_error());
            BOOST_TEST(o.error().code == errc::invalid_argument);
        }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
