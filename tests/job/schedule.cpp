#include "job/schedule.hpp"

#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(schedule_)

namespace {

using namespace std::chrono_literals;

const auto nine = at("2026-11-22T09:00:00Z");

schedule every(std::chrono::milliseconds interval)
{
    schedule s;
    s.every = interval;
    return s;
}

schedule by(const char* expression)
{
    schedule s;
    s.by_cron = cron::parse(expression).value();
    return s;
}

schedule once(wall_point when)
{
    schedule s;
    s.at = when;
    return s;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_next_firing_follows_the_mark)
{
    BOOST_TEST(rfc3339(every(15min).next(nine)->at) == "2026-11-22T09:15:00.000Z");
    BOOST_TEST(rfc3339(every(250ms).next(nine)->at) == "2026-11-22T09:00:00.250Z");
    BOOST_TEST(rfc3339(by("30 9 * * *").next(nine)->at) == "2026-11-22T09:30:00.000Z");
    BOOST_TEST(rfc3339(by("30 9 * * *").next(nine + 30min)->at) == "2026-11-23T09:30:00.000Z");
    BOOST_TEST(!by("0 0 30 2 *").next(nine).has_value());
}

BOOST_AUTO_TEST_CASE(a_cron_schedule_fires_in_its_zone)
{
    auto s = by("30 9 * * *");
    s.zone = zone("Europe/Istanbul");
    BOOST_TEST(rfc3339(s.next(nine)->at) == "2026-11-23T06:30:00.000Z");
}

BOOST_AUTO_TEST_CASE(one_date_fires_once)
{
    const auto s = once(nine);
    BOOST_TEST((s.next(nine - 1ms)->at == nine));
    BOOST_TEST(!s.next(nine).has_value());
    BOOST_TEST(!s.next(nine + 1h).has_value());
}

BOOST_AUTO_TEST_CASE(its_text_changes_with_what_moves_its_firings)
{
    auto s = by("0 9 * * *");
    BOOST_TEST(s.text() == "cron 0 9 * * * UTC");
    s.zone = zone("Europe/Istanbul");
    BOOST_TEST(s.text() == "cron 0 9 * * * Europe/Istanbul");
    const auto before = s.text();
    s.missed = missed_policy::skip;
    s.overlap = overlap_policy::queue;
    s.max_late = 1h;
    s.jitter = 5s;
    BOOST_TEST(s.text() == before, "policies move no firing");
    BOOST_TEST(every(90min).text() == "every 1h30m");
    BOOST_TEST(once(nine).text() == "at 2026-11-22T09:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(jitter_is_the_same_everywhere_and_within_its_bounds)
{
    auto s = every(15min);
    BOOST_TEST((jitter_of(s, "otp", nine) == 0ms));
    s.jitter = 30s;
    std::set<std::int64_t> seen;
    for (int i = 0; i < 500; ++i) {
        const auto j = jitter_of(s, "otp", nine + i * 15min);
        BOOST_REQUIRE((j >= 0ms && j <= 30s));
        BOOST_REQUIRE((j == jitter_of(s, "otp", nine + i * 15min)));
        seen.insert(j / 1s);
    }
    BOOST_TEST(seen.size() > 25u);
    BOOST_TEST((jitter_of(s, "otp", nine) != jitter_of(s, "otp2", nine)));
    BOOST_TEST(jitter_of(s, "otp", nine).count() == jitter_of(s, "otp", at("2026-11-22T12:00:00+03:00")).count());
}

BOOST_AUTO_TEST_CASE(jitter_of_known_firings_never_changes)
{
    // Written down, so that a new version of the program does not move the firings of old jobs.
    auto s = every(15min);
    s.jitter = 30s;
    BOOST_TEST(jitter_of(s, "otp", nine).count() == 12'795);
    BOOST_TEST(jitter_of(s, "weekly", nine + 15min).count() == 8'843);
    s.jitter = 1ms;
    for (int i = 0; i < 20; ++i)
        BOOST_TEST((jitter_of(s, "otp", nine + i * 1min) <= 1ms));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
