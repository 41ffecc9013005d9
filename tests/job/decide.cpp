#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(decide_)

namespace {

using namespace std::chrono_literals;
using disposition = due_firing::disposition;

schedule every(std::chrono::milliseconds interval, missed_policy missed = missed_policy::run_once)
{
    schedule s;
    s.every = interval;
    s.missed = missed;
    return s;
}

schedule by(const char* expression, missed_policy missed = missed_policy::run_once)
{
    schedule s;
    s.by_cron = cron::parse(expression).value();
    s.missed = missed;
    return s;
}

/// "09:00 run, 09:15 missed, 09:30 late"
std::string shown(const decision& d)
{
    std::string out;
    for (const auto& f : d.firings) {
        auto word = f.decided == disposition::run              ? "run"
                    : f.decided == disposition::dropped_missed ? "missed"
                                                               : "late";
        out += (out.empty() ? "" : ", ") + rfc3339(f.at).substr(11, 5) + " " + word;
    }
    return out;
}

const auto nine = at("2026-11-22T09:00:00Z");

} // namespace

BOOST_AUTO_TEST_CASE(before_the_next_firing_nothing_happens)
{
    auto d = decide(every(15min), nine, nine + 14min);
    BOOST_TEST(d.firings.empty());
    BOOST_TEST((d.watermark == nine));
}

BOOST_AUTO_TEST_CASE(a_firing_on_time_runs_and_moves_the_mark_to_itself)
{
    auto d = decide(every(15min), nine, nine + 15min + 30s);
    BOOST_TEST(shown(d) == "09:15 run");
    BOOST_TEST((d.watermark == nine + 15min));
    BOOST_TEST(d.firings[0].reason.empty());
}

BOOST_AUTO_TEST_CASE(every_stays_on_the_grid_of_its_mark_however_late_it_is_asked)
{
    auto mark = nine;
    for (auto now : {nine + 16min, nine + 47min, nine + 5h + 1s})
        mark = decide(every(15min), mark, now).watermark;
    BOOST_TEST((mark == nine + 5h));
}

BOOST_AUTO_TEST_CASE(missed_firings_follow_their_policy)
{
    auto now = nine + 50min;
    BOOST_TEST(shown(decide(every(15min, missed_policy::skip), nine, now)) ==
               "09:15 missed, 09:30 missed, 09:45 missed");
    BOOST_TEST(shown(decide(every(15min, missed_policy::run_once), nine, now)) ==
               "09:15 missed, 09:30 missed, 09:45 run");
    BOOST_TEST(shown(decide(every(15min, missed_policy::run_all), nine, now)) == "09:15 run, 09:30 run, 09:45 run");
    for (auto policy : {missed_policy::skip, missed_policy::run_once, missed_policy::run_all})
        BOOST_TEST((decide(every(15min, policy), nine, now).watermark == nine + 45min));
}

BOOST_AUTO_TEST_CASE(missed_firings_give_way_to_one_that_is_on_time)
{
    auto now = nine + 45min + 10s;
    BOOST_TEST(shown(decide(every(15min, missed_policy::run_once), nine, now)) ==
               "09:15 missed, 09:30 missed, 09:45 run");
    BOOST_TEST(shown(decide(every(15min, missed_policy::skip), nine, now)) == "09:15 missed, 09:30 missed, 09:45 run");
    BOOST_TEST(decide(every(15min), nine, now).firings[0].reason == "missed while stopped, newer firing runs");
}

BOOST_AUTO_TEST_CASE(the_grace_tells_late_from_missed)
{
    auto s = every(15min, missed_policy::skip);
    BOOST_TEST(shown(decide(s, nine, nine + 16min)) == "09:15 run");
    BOOST_TEST(shown(decide(s, nine, nine + 16min + 1ms)) == "09:15 missed");
    BOOST_TEST(shown(decide(s, nine, nine + 17min, 5min)) == "09:15 run");
}

BOOST_AUTO_TEST_CASE(nothing_runs_later_than_max_late)
{
    auto s = every(15min, missed_policy::run_all);
    s.max_late = 10min;
    auto d = decide(s, nine, nine + 50min);
    BOOST_TEST(shown(d) == "09:15 late, 09:30 late, 09:45 run");
    BOOST_TEST(d.firings[0].reason == "35m late, max_late is 10m");
    s.missed = missed_policy::run_once;
    s.max_late = 2min;
    BOOST_TEST(shown(decide(s, nine, nine + 50min)) == "09:15 missed, 09:30 missed, 09:45 late");
    s.max_late = 10s;
    BOOST_TEST(shown(decide(s, nine, nine + 15min + 30s)) == "09:15 late");
}

BOOST_AUTO_TEST_CASE(a_clock_that_steps_back_fires_nothing_twice)
{
    auto s = by("* * * * *", missed_policy::run_all);
    std::set<wall_point> ran;
    auto mark = nine;
    for (auto step : {1min, 2min, -30min, 3min, 28min, -600min, 4min, 620min, 1min}) {
        static auto now = nine;
        now += step;
        auto d = decide(s, mark, now);
        if (now <= mark)
            BOOST_TEST((d.firings.empty() && d.watermark == mark));
        for (const auto& f : d.firings)
            BOOST_TEST(ran.insert(f.at).second);
        BOOST_TEST((d.watermark >= mark));
        mark = d.watermark;
    }
    BOOST_TEST(ran.size() > 10u);
}

BOOST_AUTO_TEST_CASE(a_long_stop_gives_no_more_than_a_thousand_firings)
{
    for (const auto& s : {every(1s, missed_policy::run_all), by("* * * * *", missed_policy::run_all)}) {
        auto now = nine + std::chrono::hours(24 * 365 * 10);
        auto d = decide(s, nine, now);
        BOOST_TEST(d.firings.size() == 1000u);
        BOOST_TEST((d.watermark == now));
        BOOST_TEST((d.firings.back().at == now));
        BOOST_TEST(d.firings.front().reason.find("older ones dropped") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(rare_firings_are_found_after_a_long_stop)
{
    auto d = decide(by("0 0 1 1 *", missed_policy::run_all), nine, nine + std::chrono::hours(24 * 365 * 10));
    BOOST_TEST(d.firings.size() == 10u);
    BOOST_TEST(d.firings.front().reason.find("older") == std::string::npos);
    BOOST_TEST(rfc3339(d.watermark) == "2036-01-01T00:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(one_date_fires_once)
{
    schedule s;
    s.at = nine + 10min;
    BOOST_TEST(decide(s, nine, nine + 9min).firings.empty());
    auto d = decide(s, nine, nine + 10min);
    BOOST_TEST(shown(d) == "09:10 run");
    BOOST_TEST(decide(s, d.watermark, nine + 20min).firings.empty());
    BOOST_TEST(decide(s, nine + 11min, nine + 20min).firings.empty());
}

BOOST_AUTO_TEST_CASE(a_firing_that_daylight_saving_moved_says_so)
{
    auto s = by("30 2 * * *");
    s.zone = zone("Europe/Berlin");
    auto d = decide(s, at("2026-03-28T12:00:00Z"), at("2026-03-29T01:00:05Z"));
    BOOST_REQUIRE(d.firings.size() == 1u);
    BOOST_TEST(d.firings[0].reason == "moved by daylight saving");
    d = decide(s, at("2026-10-24T12:00:00Z"), at("2026-10-25T00:30:00Z"));
    BOOST_TEST(d.firings.at(0).reason == "exists twice, the first one runs");
    BOOST_TEST(decide(s, d.watermark, at("2026-10-25T01:30:00Z")).firings.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
