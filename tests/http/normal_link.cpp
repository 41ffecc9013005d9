#include "http/normal_link.hpp"

#include <boost/test/unit_test.hpp>

using ulak::http::normal_link;

BOOST_AUTO_TEST_SUITE(normal_link_)

BOOST_AUTO_TEST_CASE(links_that_lead_to_one_place_have_one_form)
{
    const struct {
        const char* link;
        const char* form;
    } table[] = {
        {"https://example.com/Marka", "https://example.com/Marka"},
        {"HTTPS://Example.COM/Marka", "https://example.com/Marka"},
        {"https://example.com:443/Marka", "https://example.com/Marka"},
        {"http://example.com:80/Marka", "http://example.com/Marka"},
        {"https://example.com:/Marka", "https://example.com/Marka"},
        {"https://example.com/Marka/", "https://example.com/Marka"},
        {"https://example.com/Marka//", "https://example.com/Marka"},
        {"https://example.com/Marka?", "https://example.com/Marka"},
        {"https://example.com/Marka/?", "https://example.com/Marka"},
        {"https://example.com/Marka/?#", "https://example.com/Marka"},
        {"https://example.com/Marka#", "https://example.com/Marka"},
        {"https://example.com/", "https://example.com"},
        {"https://example.com", "https://example.com"},
        {"https://example.com?", "https://example.com"},
        {" https://example.com/Marka\n", "https://example.com/Marka"},
        {"https://Name@Example.com/a", "https://Name@example.com/a"},
        {"https://[2001:DB8::1]:443/a/", "https://[2001:db8::1]/a"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.link) BOOST_TEST(normal_link(row.link) == row.form);
}

BOOST_AUTO_TEST_CASE(links_that_may_lead_elsewhere_stay_apart)
{
    const char* const table[] = {
        "https://example.com/marka",
        "https://example.com/Marka",
        "http://example.com/Marka",
        "https://example.com:8443/Marka",
        "https://example.com:80/Marka",
        "https://example.com/Marka?a=1",
        "https://example.com/Marka/?a=1",
        "https://example.com/Marka#b",
        "https://example.com/Marka/#b",
        "https://www.example.com/Marka",
        "@marka",
        "@Marka",
        "://x",
        "",
    };
    for (const auto* link : table)
        BOOST_TEST_CONTEXT(link) BOOST_TEST(normal_link(link) == link);
}

BOOST_AUTO_TEST_SUITE_END()
