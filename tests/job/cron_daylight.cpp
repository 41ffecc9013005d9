#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(cron_daylight_)

namespace {

using strings = std::vector<std::string>;
using fit = time_zone::civil_match;

struct row {
    std::string zone, expression, after;
    strings firings; // UTC
};

// Europe/Berlin 2026: 29 March 02:00 → 03:00 (01:00Z), 25 October 03:00 → 02:00 (01:00Z).
// America/New_York 2026: 8 March 02:00 → 03:00 (07:00Z), 1 November 02:00 → 01:00 (06:00Z).
const std::vector<row> changes{
    // a fixed time in the gap: the gap's end
    {"Europe/Berlin",
     "30 2 * * *",
     "2026-03-28T00:00:00Z",
     {"2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"}},
    {"America/New_York",
     "30 2 * * *",
     "2026-03-07T00:00:00Z",
     {"2026-03-07T07:30", "2026-03-08T07:00", "2026-03-09T06:30"}},
    {"Europe/Berlin", "0 2 29 3 *", "2026-03-28T00:00:00Z", {"2026-03-29T01:00", "2027-03-29T00:00"}},
    // several times in the gap are one firing, together with the one at the gap's end
    {"Europe/Berlin",
     "*/15 2,3 29 3 *",
     "2026-03-28T23:00:00Z",
     {"2026-03-29T01:00", "2026-03-29T01:15", "2026-03-29T01:30"}},
    {"Europe/Berlin", "0,30 2 * * *", "2026-03-28T12:00:00Z", {"2026-03-29T01:00", "2026-03-30T00:00"}},
    // around the gap nothing moves
    {"Europe/Berlin", "59 1 * * *", "2026-03-28T12:00:00Z", {"2026-03-29T00:59", "2026-03-29T23:59"}},
    {"Europe/Berlin", "0 3 * * *", "2026-03-28T12:00:00Z", {"2026-03-29T01:00", "2026-03-30T01:00"}},
    // every hour is real time: nothing to make up for
    {"Europe/Berlin",
     "30 * * * *",
     "2026-03-29T00:00:00Z",
     {"2026-03-29T00:30", "2026-03-29T01:30", "2026-03-29T02:30"}},
    {"Europe/Berlin",
     "0 * * * *",
     "2026-03-28T23:30:00Z",
     {"2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00"}},
    {"Europe/Berlin",
     "*/30 * * * *",
     "2026-03-29T00:15:00Z",
     {"2026-03-29T00:30", "2026-03-29T01:00", "2026-03-29T01:30"}},
    {"Australia/Lord_Howe",
     "*/15 * * * *",
     "2026-10-03T15:10:00Z",
     {"2026-10-03T15:15", "2026-10-03T15:30", "2026-10-03T15:45", "2026-10-03T16:00"}},
    {"Europe/Berlin", "30 */2 * * *", "2026-03-28T23:00:00Z", {"2026-03-28T23:30", "2026-03-29T01:00", "2026-03-29T02:30"}},
    {"America/New_York",
     "*/20 * * * *",
     "2026-03-08T06:30:00Z",
     {"2026-03-08T06:40", "2026-03-08T07:00", "2026-03-08T07:20"}},
    // a time that exists twice: the first one
    {"Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z", {"2026-10-25T00:30", "2026-10-26T01:30"}},
    {"America/New_York", "30 1 * * *", "2026-10-31T12:00:00Z", {"2026-11-01T05:30", "2026-11-02T06:30"}},
    {"Europe/Berlin", "30 * * * *", "2026-10-25T00:00:00Z", {"2026-10-25T00:30", "2026-10-25T01:30", "2026-10-25T02:30"}},
    {"Europe/Berlin",
     "0 * * * *",
     "2026-10-24T22:30:00Z",
     {"2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00"}},
    // asked in the middle of the second pass
    {"Europe/Berlin", "30 2 * * *", "2026-10-25T01:10:00Z", {"2026-10-26T01:30"}},
    {"Europe/Berlin", "0 3 * * *", "2026-10-25T01:10:00Z", {"2026-10-25T02:00"}},
    // no daylight saving
    {"Europe/Istanbul", "30 2 * * *", "2026-03-28T00:00:00Z", {"2026-03-28T23:30", "2026-03-29T23:30"}},
    {"Europe/Istanbul", "0 9 * * *", "2026-10-24T12:00:00Z", {"2026-10-25T06:00", "2026-10-26T06:00"}},
    // a change of half an hour, and one at midnight
    {"Australia/Lord_Howe", "15 2 * * *", "2026-10-03T00:00:00Z", {"2026-10-03T15:30", "2026-10-04T15:15"}},
    {"Africa/Cairo", "0 0 * * *", "2026-04-23T00:00:00Z", {"2026-04-23T22:00", "2026-04-24T21:00"}},
};

} // namespace

BOOST_AUTO_TEST_CASE(changes_of_the_clock_move_or_drop_firings)
{
    for (const auto& r : changes)
        BOOST_TEST_CONTEXT(r.zone << ": " << r.expression << " after " << r.after)
        {
            auto found = firings(r.expression, r.after, r.zone, static_cast<int>(r.firings.size()));
            BOOST_TEST(found == r.firings, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(a_firing_says_what_daylight_saving_did_to_it)
{
    auto shift = [](const char* expression, const char* after) {
        return cron::parse(expression)->next(at(after), zone("Europe/Berlin"))->match;
    };
    BOOST_TEST((shift("30 2 * * *", "2026-03-29T00:00:00Z") == fit::gap));
    BOOST_TEST((shift("30 2 * * *", "2026-10-25T00:00:00Z") == fit::fold));
    BOOST_TEST((shift("30 2 * * *", "2026-11-22T00:00:00Z") == fit::exact));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
