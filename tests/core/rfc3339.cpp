#include "core/rfc3339.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(rfc3339_)

BOOST_AUTO_TEST_CASE(times_are_written_in_utc_with_milliseconds)
{
    BOOST_TEST(rfc3339(from_unix_ms(0)) == "1970-01-01T00:00:00.000Z");
    BOOST_TEST(rfc3339(from_unix_ms(1'795'338'001'456)) == "2026-11-22T09:00:01.456Z");
    BOOST_TEST(rfc3339(from_unix_ms(-1)) == "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(times_with_an_offset_are_read)
{
    struct {
        const char* text;
        const char* utc;
    } const table[] = {
        {"2026-11-22T09:00:01.456Z", "2026-11-22T09:00:01.456Z"},
        {"2026-11-22T09:00:01Z", "2026-11-22T09:00:01.000Z"},
        {"2026-11-22t09:00:01z", "2026-11-22T09:00:01.000Z"},
        {"2026-11-22 12:00:01+03:00", "2026-11-22T09:00:01.000Z"},
        {"2026-11-22T02:30:00-06:30", "2026-11-22T09:00:00.000Z"},
        {"2026-11-22T09:00:01.4Z", "2026-11-22T09:00:01.400Z"},
        {"2026-11-22T09:00:01.456999999Z", "2026-11-22T09:00:01.456Z"},
        {"2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000Z"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(rfc3339(parse_rfc3339(row.text).value()) == row.utc);
        }
}

BOOST_AUTO_TEST_CASE(what_is_no_time_or_has_no_offset_is_refused)
{
    for (const auto* text : {"",
                             "2026-11-22",
                             "2026-11-22T09:00:00",
                             "2026-11-22T09:00Z",
                             "2026-02-29T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-01-00T00:00:00Z",
                             "2026-01-01T24:00:00Z",
                             "2026-01-01T00:60:00Z",
                             "2026-01-01T00:00:61Z",
                             "2026-01-01T00:00:00.Z",
                             "2026-01-01T00:00:00+3",
                             "2026-01-01T00:00:00+0300",
                             "2026-01-01T00:00:00+24:00",
                             "2026-01-01T00:00:00Zx",
                             " 2026-01-01T00:00:00Z",
                             "26-01-01T00:00:00Z",
                             "2026-1-1T00:00:00Z",
                             "2026-01-01T-1:00:00Z",
                             "1795338001"})
        BOOST_TEST_CONTEXT(text)
        {
            const auto t = parse_rfc3339(text);
            BOOST_TEST_REQUIRE(t.has_error());
            BOOST_TEST((t.error().code == errc::invalid_argument));
        }
}

BOOST_AUTO_TEST_CASE(any_time_survives_text_and_back)
{
    std::mt19937_64 random(4);
    for (int i = 0; i < 10'000; ++i) {
        const auto t = from_unix_ms(static_cast<std::int64_t>(random() % 253'402'300'799'999));
        BOOST_REQUIRE_EQUAL(unix_ms(parse_rfc3339(rfc3339(t)).value()), unix_ms(t));
    }
}

BOOST_AUTO_TEST_CASE(finer_times_are_cut_towards_the_past)
{
    const std::chrono::system_clock::time_point before_epoch(std::chrono::nanoseconds(-1));
    BOOST_TEST(unix_ms(to_wall(before_epoch)) == -1);
}

BOOST_AUTO_TEST_SUITE_END()
