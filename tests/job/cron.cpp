#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(cron_)

namespace {

using strings = std::vector<std::string>;

struct row {
    std::string expression, after;
    strings firings;
};

// All in UTC. 22 November 2026 is a Sunday.
const std::vector<row> plain{
    {"* * * * *", "2026-11-22T09:00:00Z", {"2026-11-22T09:01", "2026-11-22T09:02"}},
    {"* * * * *", "2026-11-22T09:00:30Z", {"2026-11-22T09:01"}},
    {"*/15 * * * *", "2026-11-22T09:50:00Z", {"2026-11-22T10:00", "2026-11-22T10:15"}},
    {"*/45 * * * *", "2026-11-22T09:00:00Z", {"2026-11-22T09:45", "2026-11-22T10:00", "2026-11-22T10:45"}},
    {"5-20/5 * * * *", "2026-11-22T09:10:00Z", {"2026-11-22T09:15", "2026-11-22T09:20", "2026-11-22T10:05"}},
    {"0 9 * * *", "2026-11-22T09:00:00Z", {"2026-11-23T09:00", "2026-11-24T09:00"}},
    {"0 9 * * *", "2026-11-22T08:59:59Z", {"2026-11-22T09:00"}},
    {"30 8,12,18 * * *", "2026-11-22T12:30:00Z", {"2026-11-22T18:30", "2026-11-23T08:30"}},
    {"0 9 * * mon-fri", "2026-11-20T10:00:00Z", {"2026-11-23T09:00"}},
    {"0 9 * * MON", "2026-11-22T00:00:00Z", {"2026-11-23T09:00", "2026-11-30T09:00"}},
    {"0 9 * * 0", "2026-11-21T00:00:00Z", {"2026-11-22T09:00", "2026-11-29T09:00"}},
    {"0 9 * * 7", "2026-11-21T00:00:00Z", {"2026-11-22T09:00", "2026-11-29T09:00"}},
    {"0 9 * * sat-sun", "2026-11-20T00:00:00Z", {"2026-11-21T09:00", "2026-11-22T09:00", "2026-11-28T09:00"}},
    {"0 9 * * 5-7",
     "2026-11-19T00:00:00Z",
     {"2026-11-20T09:00", "2026-11-21T09:00", "2026-11-22T09:00", "2026-11-27T09:00"}},
    {"0 0 1 jan *", "2026-11-22T00:00:00Z", {"2027-01-01T00:00", "2028-01-01T00:00"}},
    {"0 0 * jan,Mar-may *", "2027-01-31T00:00:00Z", {"2027-03-01T00:00"}},
    // month ends and leap years
    {"0 0 31 * *", "2026-11-22T00:00:00Z", {"2026-12-31T00:00", "2027-01-31T00:00", "2027-03-31T00:00"}},
    {"0 0 30 * *", "2027-01-30T00:00:00Z", {"2027-03-30T00:00"}},
    {"0 0 29 2 *", "2026-11-22T00:00:00Z", {"2028-02-29T00:00", "2032-02-29T00:00"}},
    {"0 0 29 2 *", "2096-03-01T00:00:00Z", {"2104-02-29T00:00"}},
    {"59 23 31 12 *", "2026-12-31T23:59:00Z", {"2027-12-31T23:59"}},
    // both days restricted: either fits; a star on one side: both must
    {"0 0 13 * fri",
     "2026-11-01T00:00:00Z",
     {"2026-11-06T00:00", "2026-11-13T00:00", "2026-11-20T00:00", "2026-11-27T00:00", "2026-12-04T00:00",
      "2026-12-11T00:00", "2026-12-13T00:00"}},
    {"0 0 */10 * sun", "2026-11-01T00:00:00Z", {"2027-01-31T00:00", "2027-02-21T00:00"}},
    // words
    {"@hourly", "2026-11-22T09:00:00Z", {"2026-11-22T10:00"}},
    {"@daily", "2026-11-22T09:00:00Z", {"2026-11-23T00:00"}},
    {"@weekly", "2026-11-22T09:00:00Z", {"2026-11-29T00:00"}},
    {"@monthly", "2026-11-22T09:00:00Z", {"2026-12-01T00:00"}},
    {"@yearly", "2026-11-22T09:00:00Z", {"2027-01-01T00:00"}},
    {"  0  9\t* * *  ", "2026-11-22T00:00:00Z", {"2026-11-22T09:00"}},
    // never
    {"0 0 30 2 *", "2026-11-22T00:00:00Z", {}},
    {"0 0 31 apr,jun,sep,nov *", "2026-11-22T00:00:00Z", {}},
};

struct refusal {
    std::string expression, part_of_message;
};

const std::vector<refusal> refused{
    {"", "not 0"},
    {"* * * *", "not 4"},
    {"0 0 9 * * *", "not 6"},
    {"60 * * * *", "minute \"60\": write 0 to 59"},
    {"-1 * * * *", "minute \"-1\""},
    {"* 24 * * *", "hour \"24\": write 0 to 23"},
    {"* * 0 * *", "day of month \"0\": write 1 to 31"},
    {"* * 32 * *", "day of month"},
    {"* * * 0 *", "month \"0\": write 1 to 12 or jan to dec"},
    {"* * * 13 *", "month"},
    {"* * * mon *", "month \"mon\""},
    {"* * * * 8", "weekday \"8\""},
    {"60 25 * * 8", "minute \"60\""},
    {"60 25 * * 8", "hour \"25\": write 0 to 23; weekday \"8\""},
    {"* * * * monday", "weekday \"monday\""},
    {"jan * * * *", "minute"},
    {"1,,2 * * * *", "minute"},
    {"1, * * * *", "minute"},
    {"1- * * * *", "minute"},
    {"*/0 * * * *", "the step goes from 1 to 59"},
    {"*/60 * * * *", "use `every`"},
    {"*/90 * * * *", "use `every`"},
    {"* */24 * * *", "from 1 to 23"},
    {"*/-5 * * * *", "the step goes from"},
    {"*/ * * * *", "the step goes from"},
    {"5/15 * * * *", "write 5-59/15"},
    {"**/5 * * * *", "minute"},
    {"20-10 * * * *", "write 20-59,0-10"},
    {"* 22-6 * * *", "write 22-23,0-6"},
    {"* * * * fri-mon", "write 5-6,0-1"},
    {"* * * nov-feb *", "write 11-12,1-2"},
    {"? * * * *", "minute"},
    {"* * L * *", "day of month"},
    {"* * * * 5#2", "weekday"},
    {"99999999999999999999 * * * *", "minute"},
    {"1.5 * * * *", "minute"},
    {"@reboot", "@hourly"},
    {"@Daily", "@daily"},
};

} // namespace

BOOST_AUTO_TEST_CASE(expressions_fire_when_their_fields_say)
{
    for (const auto& r : plain)
        BOOST_TEST_CONTEXT(r.expression << " after " << r.after)
        {
            auto count = r.firings.empty() ? 1 : static_cast<int>(r.firings.size());
            BOOST_TEST(firings(r.expression, r.after, "UTC", count) == r.firings, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(refused_expressions_name_the_field_and_what_it_allows)
{
    for (const auto& r : refused)
        BOOST_TEST_CONTEXT(r.expression)
        {
            auto parsed = cron::parse(r.expression);
            BOOST_REQUIRE(!parsed.has_value());
            BOOST_TEST((parsed.error().code == errc::invalid_argument));
            BOOST_TEST(parsed.error().message.find(r.part_of_message) != std::string::npos, parsed.error().message);
        }
}

BOOST_AUTO_TEST_CASE(the_ranges_that_a_refusal_suggests_are_taken)
{
    for (auto good :
         {"20-59,0-10 * * * *", "* 22-23,0-6 * * *", "* * * * fri-6,0-mon", "* * * nov-12,1-feb *", "5-59/15 * * * *"})
        BOOST_TEST(cron::parse(good).has_value(), good);
}

BOOST_AUTO_TEST_CASE(steps_that_do_not_fill_the_hour_or_day_are_warned_of)
{
    BOOST_TEST(cron::parse("*/45 * * * *")->warning().value() ==
               "*/45 starts anew at minute 0, so it is not every 45 minutes; for that write `every: 45m`");
    BOOST_TEST(cron::parse("0 */5 * * *")->warning().value().find("every: 5h") != std::string::npos);
    for (auto good : {"*/15 * * * *", "0 */6 * * *", "0-59/45 * * * *", "* * * * *", "*/1 * * * *"})
        BOOST_TEST(!cron::parse(good)->warning().has_value(), good);
}

BOOST_AUTO_TEST_CASE(the_text_stays_as_it_was_written)
{
    BOOST_TEST(cron::parse(" @daily ")->text() == "@daily");
    BOOST_TEST(cron::parse("0 9 * * Mon")->text() == "0 9 * * Mon");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
