#include "core/local_time_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(local_time_text_)

BOOST_AUTO_TEST_CASE(a_time_is_written_in_its_zone)
{
    struct {
        const char *at, *zone, *text, *rfc;
    } const table[] = {
        {"2026-11-23T06:00:00Z", "Europe/Istanbul", "2026-11-23 09:00 Europe/Istanbul", "2026-11-23T09:00:00+03:00"},
        {"2026-11-23T06:00:30.5Z", "UTC", "2026-11-23 06:00:30 UTC", "2026-11-23T06:00:30+00:00"},
        {"2026-01-01T02:15:00Z", "America/New_York", "2025-12-31 21:15 America/New_York", "2025-12-31T21:15:00-05:00"},
        {"2026-07-01T00:00:00Z", "Asia/Kolkata", "2026-07-01 05:30 Asia/Kolkata", "2026-07-01T05:30:00+05:30"},
        {"1969-12-31T23:59:59.900Z", "UTC", "1969-12-31 23:59:59 UTC", "1969-12-31T23:59:59+00:00"},
        // A civil time that exists twice is told with the offset of its second time as well.
        {"2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25 02:30 Europe/Berlin", "2026-10-25T02:30:00+02:00"},
        {"2026-10-25T01:30:00Z", "Europe/Berlin", "2026-10-25 02:30 Europe/Berlin", "2026-10-25T02:30:00+01:00"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.at << " " << row.zone)
        {
            const auto at = parse_rfc3339(row.at).value();
            const auto zone = time_zone::find(row.zone).value();
            BOOST_TEST(local_time_text(at, zone) == row.text);
            BOOST_TEST(rfc3339_local(at, zone) == row.rfc);
        }
}

BOOST_AUTO_TEST_CASE(the_text_with_its_offset_reads_back_as_the_same_moment)
{
    for (const auto* name : {"UTC", "Europe/Istanbul", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"}) {
        const auto zone = time_zone::find(name).value();
        for (int month = 1; month <= 12; ++month) {
            const auto t = wall_point(std::chrono::sys_days(std::chrono::year(2026) / month / 25).time_since_epoch()) +
                           std::chrono::minutes(37 * month);
            BOOST_TEST((parse_rfc3339(rfc3339_local(t, zone)).value() == t), name << " " << month);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
