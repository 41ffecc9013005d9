#include "sim/digits.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(digits_)

BOOST_AUTO_TEST_CASE(an_id_is_digits_and_nothing_else)
{
    BOOST_TEST(sim::parse_id("0").value() == 0u);
    BOOST_TEST(sim::parse_id("007").value() == 7u);
    BOOST_TEST(sim::parse_id("18446744073709551615").value() == 18446744073709551615u);
    for (auto none : {"", "-1", "+1", " 1", "1 ", "1.0", "x", "18446744073709551616"})
        BOOST_TEST(!sim::parse_id(none).has_value(), none);
    BOOST_TEST(sim::is_digits("0123456789"));
    BOOST_TEST(!sim::is_digits(""));
    BOOST_TEST(!sim::is_digits("12a"));
}

BOOST_AUTO_TEST_CASE(a_delay_is_milliseconds_or_a_duration)
{
    const struct {
        const char* text;
        std::optional<std::chrono::milliseconds> delay;
    } table[] = {{"0", 0ms}, {"250", 250ms}, {"2s", 2s},   {"10m", 10min}, {"1h", 1h}, {"90s", 90s},
                 {"-1", {}}, {"2x", {}},     {"soon", {}}, {"true", {}},   {"1.5", {}}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.text)
    BOOST_TEST((sim::parse_delay(t.text) == t.delay));
}

BOOST_AUTO_TEST_SUITE_END()
