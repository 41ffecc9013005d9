#include "job/detail/instant.hpp"

#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(instant_)

namespace {

using match = time_zone::civil_match;

std::string parsed(std::string_view text, std::string_view where)
{
    const auto found = parse_instant(text, zone(where));
    if (!found)
        return "-";
    return rfc3339(found->at) + (found->match == match::gap ? " gap" : found->match == match::fold ? " fold" : "");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_date_and_time_is_read_in_the_zone_and_an_offset_outweighs_it)
{
    struct {
        const char *text, *zone, *instant;
    } const table[] = {
        {"2026-12-01 09:00", "Europe/Istanbul", "2026-12-01T06:00:00.000Z"},
        {"2026-12-01T09:00", "Europe/Istanbul", "2026-12-01T06:00:00.000Z"},
        {"2026-12-01 09:00:30", "Europe/Istanbul", "2026-12-01T06:00:30.000Z"},
        {"2026-07-01 09:00", "Europe/Berlin", "2026-07-01T07:00:00.000Z"},
        {"2026-12-01T09:00:00+01:00", "Europe/Istanbul", "2026-12-01T08:00:00.000Z"},
        {"2026-12-01T09:00:00Z", "Europe/Istanbul", "2026-12-01T09:00:00.000Z"},
        {"1970-01-01 00:00", "UTC", "1970-01-01T00:00:00.000Z"},
        {"2028-02-29 00:00", "UTC", "2028-02-29T00:00:00.000Z"},
        {"2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:00:00.000Z gap"},
        {"2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z fold"},
        {"2026-10-25T02:30:00+01:00", "Europe/Berlin", "2026-10-25T01:30:00.000Z"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(parsed(row.text, row.zone) == row.instant);
        }
}

BOOST_AUTO_TEST_CASE(what_is_no_date_and_time_is_refused)
{
    for (const auto* text : {"",
                             "tomorrow",
                             "2026-12-01",
                             "09:00",
                             "2026-02-30 09:00",
                             "2026-13-01 09:00",
                             "2026-00-01 09:00",
                             "2026-12-00 09:00",
                             "2026-12-01 24:00",
                             "2026-12-01 09:60",
                             "2026-12-01 09:00:60",
                             "2027-02-29 00:00",
                             "1969-12-31 23:59",
                             "2026/12/01 09:00",
                             "2026-12-01_09:00",
                             "2026-12-01 9:00",
                             "2026-12-01 09:00 ",
                             "2026-12-01 -1:00",
                             "2026-12-01 0x:00",
                             "-026-12-01 09:00"})
        BOOST_TEST_CONTEXT(text)
        {
            const auto found = parse_instant(text, time_zone::utc());
            BOOST_REQUIRE(!found.has_value());
            BOOST_TEST((found.error().code == errc::invalid_argument));
            BOOST_TEST(found.error().message.find("is no date and time") != std::string::npos);
        }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
