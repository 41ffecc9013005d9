#include "yaml/scalar.hpp"

#include "example.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>
#include <vector>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(scalar_)

namespace {

const std::string head = "name: a\ncount: 1\n";

struct row {
    std::string line, found;
};

// The code of the one problem in the third line, or nothing.
const std::vector<row> lines{
    // texts are taken as they are written
    {"short: no", ""},
    {"short: 012", ""},
    {"short: 1e3", ""},
    {"short: 1_0", ""},
    {"short: 0x1", ""},
    {"short: \"no\"", ""},
    {"short: ~a", ""},
    {"short: a", "3:8 U0206"},
    {"short: abcde", "3:8 U0206"},
    {"short: ğüşi", ""},
    {"short: \"\"", "3:8 U0206"},
    // truth values
    {"on: true", ""},
    {"on: false", ""},
    {"on: \"true\"", ""},
    {"on: yes", "3:5 U0204"},
    {"on: on", "3:5 U0204"},
    {"on: no", "3:5 U0204"},
    {"on: True", "3:5 U0204"},
    {"on: 1", "3:5 U0204"},
    // durations
    {"every: 90s", ""},
    {"every: 1h30m", ""},
    {"every: \"15m\"", ""},
    {"every: 1s", ""},
    {"every: 999ms", "3:8 U0206"},
    {"every: 0s", "3:8 U0206"},
    {"every: 15", "3:8 U0204"},
    {"every: 15 m", "3:8 U0204"},
    {"every: 15min", "3:8 U0204"},
    {"every: -5m", "3:8 U0204"},
    {"every: 22:22", "3:8 U0204"},
    // money
    {"price: 12 TRY", ""},
    {"price: 0.95 USD", ""},
    {"price: 500 credits", ""},
    {"price: 12", "3:8 U0204"},
    {"price: TRY 12", "3:8 U0204"},
    {"price: 12 TL", "3:8 U0204"},
    {"price: -1 TRY", "3:8 U0206"},
    {"price: 1e3 TRY", "3:8 U0204"},
    // rates
    {"pace: 20 requests/s", ""},
    {"pace: 1 request/s", ""},
    {"pace: 0.5 segments/s", ""},
    {"pace: 100 recipients/min", ""},
    {"pace: 20/s", "3:7 U0204"},
    {"pace: 20 requests", "3:7 U0204"},
    {"pace: 20 request/d", "3:7 U0204"},
    {"pace: 0 requests/s", "3:7 U0204"},
    {"pace: -1 requests/s", "3:7 U0204"},
    {"pace: 1000001 requests/s", "3:7 U0204"},
    {"pace: 5 apples/s", "3:7 U0204"},
    // choices
    {"mode: fast", ""},
    {"mode: 'slow'", ""},
    {"mode: Fast", "3:7 U0207"},
    {"mode: \"\"", "3:7 U0207"},
};

struct number {
    std::string written;
    std::optional<std::int64_t> meant;
};

const std::vector<number> numbers{
    {"0", 0},
    {"5", 5},
    {"-5", -5},
    {"+5", 5},
    {"05551112233", std::nullopt},
    {"012", std::nullopt},
    {"-012", std::nullopt},
    {"00", std::nullopt},
    {"1e3", std::nullopt},
    {"1.0", std::nullopt},
    {"0x1f", std::nullopt},
    {"0o17", std::nullopt},
    {"1_000", std::nullopt},
    {"22:22", std::nullopt},
    {"", std::nullopt},
    {"-", std::nullopt},
    {"+-5", std::nullopt},
    {" 5", std::nullopt},
    {"5 ", std::nullopt},
    {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
    {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
    {"9223372036854775808", std::nullopt},
    {"٣", std::nullopt},
};

} // namespace

BOOST_AUTO_TEST_CASE(a_scalar_is_read_by_its_key_and_not_by_its_look)
{
    for (const auto& r : lines)
        BOOST_TEST_CONTEXT(r.line)
        {
            auto wanted = r.found.empty() ? std::vector<std::string>() : std::vector<std::string>{r.found};
            BOOST_TEST(places_of(head + r.line + "\n") == wanted, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(whole_numbers_are_decimal_digits_without_a_leading_zero)
{
    for (const auto& n : numbers)
        BOOST_TEST_CONTEXT(n.written)
        {
            BOOST_TEST((read_integer(n.written) == n.meant));
        }
}

BOOST_AUTO_TEST_CASE(refused_numbers_say_what_to_write)
{
    BOOST_TEST(problem_of("name: a\ncount: 012\n", "U0204").hint == "write it without the leading zero: 12");
    BOOST_TEST(problem_of("name: a\ncount: 000\n", "U0204").hint == "write it without the leading zero: 0");
    BOOST_TEST(problem_of("name: a\ncount: 1e1\n", "U0204").text == "`count`: `1e1` is not a whole number");
    BOOST_TEST(problem_of("name: a\ncount: 101\n", "U0206").text == "`count`: must be from 1 to 100, not 101");
    BOOST_TEST(problem_of("name: a\ncount: 0\n", "U0206").text == "`count`: must be from 1 to 100, not 0");
}

BOOST_AUTO_TEST_CASE(words_for_yes_and_no_are_sent_to_true_and_false)
{
    for (auto word : {"yes", "on", "Y", "True", "1"})
        BOOST_TEST(problem_of(head + "on: " + word + "\n", "U0204").hint == "write true");
    for (auto word : {"no", "off", "N", "FALSE", "0"})
        BOOST_TEST(problem_of(head + "on: " + word + "\n", "U0204").hint == "write false");
}

BOOST_AUTO_TEST_CASE(rates_are_per_second_whatever_they_are_written_in)
{
    BOOST_TEST(read_rate("120 recipients/min")->per_second == 2.0);
    BOOST_TEST(read_rate("120 recipients/min")->unit == "recipients");
    BOOST_TEST(read_rate("7200 requests/h")->per_second == 2.0);
    BOOST_TEST(read_rate("1 segment / s")->unit == "segments");
    BOOST_TEST(!read_rate("").has_value());
    BOOST_TEST(!read_rate("/").has_value());
    BOOST_TEST(!read_rate(" /s").has_value());
    BOOST_TEST(!read_rate("nan requests/s").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
