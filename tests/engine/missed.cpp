// Schedules through stops, crashes, steps of the clock and daylight saving.
#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(missed_)

namespace {

std::vector<std::string> due_times(world& w, const std::string& job)
{
    std::vector<std::string> all;
    for (const auto& r : w.runs(job))
        all.push_back(r.due_at ? rfc3339(*r.due_at) : "none");
    return all;
}

using texts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_CASE(a_schedule_seen_for_the_first_time_counts_from_now)
{
    world w("2026-03-02T06:00:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    BOOST_TEST(w.runs().empty());
    w.pass(3h + 1min);
    BOOST_TEST(due_times(w, "hourly") ==
                   texts({"2026-03-02T07:00:00.000Z", "2026-03-02T08:00:00.000Z", "2026-03-02T09:00:00.000Z"}),
               boost::test_tools::per_element());
    BOOST_TEST(w.published.count("schedule.fired") == 3u);
    BOOST_TEST(w.runs()[0].trigger == "schedule");
}

struct policy {
    const char* keys;
    texts runs;
    std::size_t missed;
};

BOOST_AUTO_TEST_CASE(each_policy_decides_on_what_a_stop_has_missed)
{
    const policy table[] = {
        {"missed: skip", {}, 3},
        {"missed: run-once", {"2026-03-02T09:00:00.000Z"}, 2},
        {"missed: run-all", {"2026-03-02T07:00:00.000Z", "2026-03-02T08:00:00.000Z", "2026-03-02T09:00:00.000Z"}, 0},
        {"missed: run-all, max_late: 2h", {"2026-03-02T08:00:00.000Z", "2026-03-02T09:00:00.000Z"}, 1},
    };
    for (const auto& row : table)
        for (const bool crash : {false, true})
            BOOST_TEST_CONTEXT(row.keys << (crash ? " after a crash" : " after a stop"))
            {
                world w("2026-03-02T06:30:00Z", "UTC");
                w.write("hourly", std::string("schedule: {cron: '0 * * * *', ") + row.keys + "}\n");
                w.boot();
                crash ? w.crash() : w.stop();
                w.pass(3h + 10min);
                BOOST_TEST(w.runs().empty());
                w.boot();
                w.pass(1min);
                BOOST_TEST(due_times(w, "hourly") == row.runs, boost::test_tools::per_element());
                BOOST_TEST(w.published.count("schedule.missed") == row.missed);
                w.pass(1min);
                w.stop();
                w.boot(); // every decision is made once
                w.pass(1min);
                BOOST_TEST(w.runs().size() == row.runs.size());
                BOOST_TEST(w.published.count("schedule.missed") == row.missed);
            }
}

BOOST_AUTO_TEST_CASE(a_firing_is_made_once_though_the_daemon_dies_in_the_commit)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.now().store.crash_after = [](const ledger::batch& all) {
        return std::ranges::any_of(all, [](const auto& c) { return std::holds_alternative<ledger::create_run>(c); });
    };
    w.pass(2min);
    BOOST_TEST(w.now().store.dead);
    BOOST_TEST(w.states() == texts({"running"}), boost::test_tools::per_element());
    w.boot();
    w.pass(2min);
    BOOST_TEST(w.states() == texts({"succeeded"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_firing_whose_run_exists_is_not_made_again)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.pass(2min);
    BOOST_TEST(w.runs().size() == 1u);
    w.stop();
    // As a restored watermark of an older backup would have it.
    ledger::batch back;
    back.push_back(
        ledger::set_watermark{"hourly", "cron 0 * * * * UTC", parse_rfc3339("2026-03-02T06:30:00Z").value()});
    w.commit(std::move(back));
    w.boot();
    w.pass(2min);
    BOOST_TEST(w.runs().size() == 1u);
    BOOST_TEST(w.published.last("schedule.missed")->data.at("reason").as_string() == "this firing has its run already");
    w.pass(1h);
    BOOST_TEST(w.runs().size() == 2u);
}

BOOST_AUTO_TEST_CASE(steps_of_the_clock_are_noticed_within_half_a_minute)
{
    world w("2026-03-02T06:00:10Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.pass(1s);
    w.time.jump_wall(1h); // a suspend looks like this
    w.pass(31s);
    BOOST_TEST(due_times(w, "hourly") == texts({"2026-03-02T07:00:00.000Z"}), boost::test_tools::per_element());
    w.time.jump_wall(-30min);
    w.pass(31min);
    BOOST_TEST(w.runs().size() == 1u);
    w.pass(1h);
    BOOST_TEST(w.runs().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_years_ahead_does_not_silence_a_schedule)
{
    world w("2026-03-02T06:30:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.pass(1s);
    w.time.jump_wall(24h * 3650);
    w.pass(31s);
    const auto wrong = w.runs().size();
    w.time.jump_wall(-24h * 3650);
    w.pass(2h);
    BOOST_TEST(w.runs().size() == wrong + 2);
}

BOOST_AUTO_TEST_CASE(daylight_saving_moves_a_firing_out_of_the_gap_and_keeps_one_in_the_fold)
{
    struct row {
        const char* start;
        const char* due;
        const char* reason;
    };
    const row table[] = {
        {"2026-03-28T12:00:00Z", "2026-03-29T01:00:00.000Z", "gap"},
        {"2026-10-24T12:00:00Z", "2026-10-25T00:30:00.000Z", "twice"},
    };
    for (const auto& r : table)
        BOOST_TEST_CONTEXT(r.start)
        {
            world w(r.start, "Europe/Berlin");
            w.write("nightly", "schedule: {cron: '30 2 * * *'}\n");
            w.boot();
            const auto coming = w.engine().next("nightly", 1, {}).value();
            BOOST_TEST_REQUIRE(coming.size() == 1u);
            BOOST_TEST(rfc3339(coming[0].at) == r.due);
            BOOST_TEST(coming[0].reason.find(r.reason) != std::string::npos, coming[0].reason);
            w.pass(20h);
            BOOST_TEST(due_times(w, "nightly") == texts({r.due}), boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(at_fires_once_and_every_keeps_its_pace_through_restarts)
{
    world w("2026-03-02T06:00:00Z", "UTC");
    w.write("once", "schedule: {at: '2026-03-02T07:00:00Z'}\n");
    w.write("pulse", "schedule: {every: 20m, missed: skip}\n");
    w.boot();
    w.pass(70min);
    w.stop();
    w.pass(35min); // 07:45
    w.boot();
    w.pass(20min);
    BOOST_TEST(due_times(w, "once") == texts({"2026-03-02T07:00:00.000Z"}), boost::test_tools::per_element());
    BOOST_TEST(due_times(w, "pulse") == texts({"2026-03-02T06:20:00.000Z", "2026-03-02T06:40:00.000Z",
                                               "2026-03-02T07:00:00.000Z", "2026-03-02T08:00:00.000Z"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_job_knows_why_its_last_firings_were_no_runs)
{
    world w("2026-03-02T06:59:30Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    BOOST_TEST(w.engine().missed("hourly").empty());
    BOOST_TEST(w.get(w.engine().pause("hourly")).has_value());
    w.pass(1h);
    const auto missed = w.engine().missed("hourly");
    BOOST_TEST_REQUIRE(missed.size() == 1u);
    BOOST_TEST(missed[0].reason == "the job is paused");
    BOOST_TEST(rfc3339(missed[0].at) == "2026-03-02T07:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(after_a_restart_a_job_still_knows_why_its_firings_were_no_runs)
{
    world w("2026-03-02T06:59:30Z");
    w.write("hourly", "schedule: {cron: '0 * * * *', time_zone: Europe/Berlin, missed: skip}\n");
    w.write("other", "schedule: {cron: '30 * * * *'}\n");
    w.boot();
    BOOST_TEST(w.get(w.engine().pause("hourly")).has_value());
    w.pass(1h);
    const auto before = w.engine().missed("hourly");
    w.crash();
    w.pass(2h);
    w.boot();
    w.pass(1s);
    const auto after = w.engine().missed("hourly");
    BOOST_TEST_REQUIRE(before.size() == 1u);
    BOOST_TEST_REQUIRE(after.size() == 3u);
    BOOST_TEST(after[0].reason == before[0].reason);
    BOOST_TEST(rfc3339(after[0].at) == rfc3339(before[0].at));
    BOOST_TEST(after[0].local == "2026-03-02T08:00:00+01:00");
    BOOST_TEST(rfc3339(after[1].at) == "2026-03-02T08:00:00.000Z");
    BOOST_TEST(after[2].reason.find("missed: skip") != std::string::npos);
    w.crash();
    w.boot();
    BOOST_TEST(w.engine().missed("hourly").size() == 3u);
    BOOST_TEST(w.engine().missed("nobody").empty());
}

BOOST_AUTO_TEST_CASE(a_long_history_is_told_in_part)
{
    world w("2026-03-02T06:59:30Z", "UTC");
    w.write("often", "schedule: {every: 1m}\n");
    w.boot();
    BOOST_TEST(w.get(w.engine().pause("often")).has_value());
    for (int i = 0; i < 40; ++i)
        w.pass(1min);
    const auto before = w.engine().missed("often");
    w.crash();
    w.boot();
    const auto after = w.engine().missed("often");
    BOOST_TEST(after.size() < 40u);
    BOOST_TEST_REQUIRE(after.size() == before.size());
    BOOST_TEST(rfc3339(after.front().at) == rfc3339(before.front().at));
    BOOST_TEST(rfc3339(after.back().at) == rfc3339(before.back().at));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
