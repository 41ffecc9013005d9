#include "core/duration.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <random>

BOOST_AUTO_TEST_SUITE(duration_)

using namespace ulak;
using std::chrono::milliseconds;

BOOST_AUTO_TEST_CASE(durations_are_read)
{
    struct {
        const char* text;
        std::int64_t ms;
    } const table[] = {
        {"90s", 90'000},
        {"15m", 900'000},
        {"12h", 43'200'000},
        {"7d", 604'800'000},
        {"1h30m", 5'400'000},
        {"250ms", 250},
        {"0s", 0},
        {"1d2h3m4s5ms", 93'784'005},
        {"36500d", 3'153'600'000'000},
        {"1s500ms", 1'500},
        {"00010s", 10'000},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(parse_duration(row.text).value().count() == row.ms);
        }
}

BOOST_AUTO_TEST_CASE(what_is_no_duration_is_refused_and_the_units_are_named)
{
    struct {
        const char* text;
        const char* why;
    } const table[] = {
        {"", "a number is missing"},    {"s", "a number is missing"},
        {"-5s", "a number is missing"}, {"90", "a unit is missing"},
        {"1h30", "a unit is missing"},  {"1.5h", "is not a unit"},
        {"5x", "\"x\" is not a unit"},  {"1 h", "is not a unit"},
        {"1H", "is not a unit"},        {"30m1h", "large to small"},
        {"1h1h", "large to small"},     {"36501d", "hundred years"},
        {"36500d1ms", "hundred years"}, {"99999999999999999999999s", "hundred years"},
        {"1w", "is not a unit"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            const auto d = parse_duration(row.text);
            BOOST_TEST_REQUIRE(d.has_error());
            BOOST_TEST(d.error().message.find(row.why) != std::string::npos, d.error().message);
            BOOST_TEST(d.error().message.find("d, h, m, s or ms") != std::string::npos, d.error().message);
        }
}

BOOST_AUTO_TEST_CASE(durations_are_written_in_the_same_letters)
{
    BOOST_TEST(duration_text(milliseconds(0)) == "0s");
    BOOST_TEST(duration_text(milliseconds(90'000)) == "1m30s");
    BOOST_TEST(duration_text(milliseconds(5'400'000)) == "1h30m");
    BOOST_TEST(duration_text(milliseconds(250)) == "250ms");
    BOOST_TEST(duration_text(milliseconds(-90'000)) == "-1m30s");
    BOOST_TEST(duration_text(milliseconds(std::numeric_limits<std::int64_t>::min())) == "-106751991167d7h12m55s808ms");
}

BOOST_AUTO_TEST_CASE(any_duration_survives_text_and_back)
{
    std::mt19937_64 random(3);
    for (int i = 0; i < 10'000; ++i) {
        const milliseconds d(static_cast<std::int64_t>(random() % 3'153'600'000'000));
        BOOST_REQUIRE_EQUAL(parse_duration(duration_text(d)).value().count(), d.count());
    }
}

BOOST_AUTO_TEST_SUITE_END()
