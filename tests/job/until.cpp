#include "job/until.hpp"

#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(until_)

namespace {

std::string after(const char* text, const char* begun, const char* where = "Europe/Istanbul")
{
    const auto u = parse_until(text, zone(where));
    return u ? rfc3339(u->after(at(begun))).substr(0, 16) : u.error().message;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_time_of_day_is_the_first_one_after_the_beginning)
{
    BOOST_TEST(after("20:00", "2026-12-01T09:00:00+03:00") == "2026-12-01T17:00");
    BOOST_TEST(after("20:00", "2026-12-01T20:00:00+03:00") == "2026-12-02T17:00");
    BOOST_TEST(after("08:00", "2026-12-31T22:00:00+03:00") == "2027-01-01T05:00");
    BOOST_TEST(after("24:00", "2026-12-01T09:00:00+03:00") == "2026-12-01T21:00");
}

BOOST_AUTO_TEST_CASE(a_time_that_daylight_saving_skips_comes_when_the_clocks_go_on)
{
    BOOST_TEST(after("02:30", "2027-03-28T00:00:00+01:00", "Europe/Berlin") == "2027-03-28T01:00");
}

BOOST_AUTO_TEST_CASE(a_date_stays_where_it_is)
{
    BOOST_TEST(after("2026-12-01 20:00", "2026-12-01T09:00:00+03:00") == "2026-12-01T17:00");
    BOOST_TEST(after("2026-12-01T20:00:00Z", "2027-01-01T09:00:00+03:00") == "2026-12-01T20:00");
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_told)
{
    for (const char* bad : {"", "soon", "25:00", "8pm", "2026-13-01 09:00", "2026-12-01"})
        BOOST_TEST(after(bad, "2026-12-01T09:00:00+03:00").find("is no time; write 20:00") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
