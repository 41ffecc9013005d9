// Overlap, jitter, pause, and what is said of the future.
#include "engine/world.hpp"

#include <algorithm>
#include <utility>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(firings_)

using ledger::run_state;
using texts = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(overlap_skip_leaves_the_earlier_run_alone)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("slow", "schedule: {every: 10m, overlap: skip}\n");
    w.boot();
    *w.run_script = linger;
    w.pass(25min);
    BOOST_TEST(w.states() == texts({"running"}), boost::test_tools::per_element());
    BOOST_TEST(w.published.last("schedule.missed")->data.at("reason").as_string() == "an earlier run is still going");
}

BOOST_AUTO_TEST_CASE(a_job_that_a_reload_takes_away_while_it_is_due_does_not_fire)
{
    world w("2026-03-02T06:59:59Z", "UTC");
    for (const char* name : {"first", "second"})
        w.write(name, "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    bool reloaded = false;
    // The first firing's commit is on its way, the second one waits for it.
    w.now().store.crash_after = [&](const ledger::batch& changes) {
        const bool fires =
            std::ranges::any_of(changes, [](const auto& c) { return std::holds_alternative<ledger::create_run>(c); });
        if (fires && !std::exchange(reloaded, true)) {
            w.remove("second");
            auto ignore = [](std::exception_ptr, const auto&) {};
            asio::co_spawn(w.io, w.engine().reload(false), ignore);
            while (w.engine().jobs().size() > 1 && w.io.poll_one() > 0)
                ;
        }
        return false;
    };
    w.pass(2s);
    BOOST_TEST(reloaded);
    BOOST_TEST(w.runs("first").size() == 1u);
    BOOST_TEST(w.runs("second").empty());
}

BOOST_AUTO_TEST_CASE(overlap_queue_starts_the_next_when_a_slot_is_free)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("slow", "schedule: {every: 10m, overlap: queue}\n");
    w.boot();
    *w.run_script = linger;
    w.pass(25min);
    BOOST_TEST(w.states() == texts({"running", "queued"}), boost::test_tools::per_element());
    BOOST_TEST(w.get(w.engine().cancel(w.runs()[0].id)).has_value());
    w.pass(1s);
    BOOST_TEST(w.states() == texts({"cancelled", "running"}), boost::test_tools::per_element());
    BOOST_TEST(w.runs()[1].started_at.has_value());
    BOOST_TEST(w.published.count("run.started") == 2u);
}

BOOST_AUTO_TEST_CASE(a_queued_run_is_cancelled_at_once_and_survives_a_crash)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("slow", "schedule: {every: 10m, overlap: queue}\n");
    w.boot();
    *w.run_script = linger;
    w.pass(35min);
    BOOST_TEST(w.states() == texts({"running", "queued", "queued"}), boost::test_tools::per_element());
    BOOST_TEST(w.get(w.engine().cancel(w.runs()[1].id)).has_value());
    w.crash();
    w.boot();
    BOOST_TEST(w.states() == texts({"running", "cancelled", "queued"}), boost::test_tools::per_element());
    BOOST_TEST(w.get(w.engine().cancel(w.runs()[0].id)).has_value());
    w.pass(1s);
    BOOST_TEST(w.states() == texts({"cancelled", "cancelled", "running"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(overlap_cancel_previous_replaces_the_run)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("slow", "schedule: {every: 10m, overlap: cancel-previous}\n");
    w.boot();
    *w.run_script = linger;
    w.pass(21min);
    BOOST_TEST(w.states() == texts({"cancelled", "running"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(jitter_delays_the_start_and_not_the_due_time_also_over_a_crash)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *', jitter: 10m}\n");
    w.boot();
    const auto coming = w.engine().next("hourly", 1, {}).value();
    BOOST_TEST(coming[0].reason.find("jitter") != std::string::npos, coming[0].reason);
    w.pass(61s);
    BOOST_TEST_REQUIRE(w.states() == texts({"queued"}), boost::test_tools::per_element());
    w.crash();
    w.boot();
    BOOST_TEST(w.states() == texts({"queued"}), boost::test_tools::per_element());
    w.pass(10min + 1s);
    const auto run = w.runs().at(0);
    BOOST_TEST((run.state == run_state::succeeded));
    BOOST_TEST(rfc3339(*run.due_at) == "2026-03-02T07:00:00.000Z");
    BOOST_TEST((*run.started_at > *run.due_at));
}

BOOST_AUTO_TEST_CASE(a_paused_job_records_what_it_does_not_run_also_over_a_restart)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    BOOST_TEST(w.get(w.engine().pause("hourly")).has_value());
    w.stop();
    w.boot();
    BOOST_TEST(w.engine().job("hourly")->paused);
    BOOST_TEST(!w.engine().job("hourly")->next.has_value());
    w.pass(2min);
    BOOST_TEST(w.runs().empty());
    BOOST_TEST(w.published.last("schedule.missed")->data.at("reason").as_string() == "the job is paused");
    BOOST_TEST(w.get(w.engine().resume("hourly")).has_value());
    w.pass(2min);
    BOOST_TEST(w.runs().empty()); // what was missed by a pause stays missed
    w.pass(1h);
    BOOST_TEST(w.runs().size() == 1u);
    BOOST_TEST(name(w.get(w.engine().pause("nobody")).error().code) == "not_found");
}

BOOST_AUTO_TEST_CASE(a_job_that_was_disabled_does_not_catch_up)
{
    world w("2026-03-02T06:30:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.write("hourly", "enabled: false\nschedule: {cron: '0 * * * *'}\n");
    BOOST_TEST(w.get(w.engine().reload(false)).has_value());
    w.pass(2h);
    w.stop();
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.pass(1min);
    BOOST_TEST(w.runs().empty());
    w.pass(1h);
    BOOST_TEST(w.runs().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_schedule_waits_for_the_disk)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.now().store.refuses = true;
    w.pass(70s);
    BOOST_TEST(w.runs().empty());
    w.now().store.refuses = false;
    w.pass(2s);
    BOOST_TEST(w.runs().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_scheduled_job_whose_parameters_are_missing_says_so_each_time)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("hourly", "schedule: {cron: '0 * * * *'}\nparams:\n  name: {type: string, default: x}\n");
    w.boot();
    w.pass(2min);
    BOOST_TEST(w.runs().at(0).params == R"({"name":"x"})");
}

BOOST_AUTO_TEST_CASE(the_future_is_told_with_reasons_soonest_first)
{
    world w("2026-03-02T06:00:00Z", "UTC");
    w.write("a", "schedule: {cron: '0 9 * * mon-fri'}\n");
    w.write("b", "schedule: {every: 45m}\n");
    w.write("c", "enabled: false\nschedule: {cron: '0 8 * * *'}\n");
    w.write("d");
    w.boot();
    const auto all = w.engine().next("", 4, {}).value();
    texts lines;
    for (const auto& f : all)
        lines.push_back(f.job + " " + rfc3339(f.at) + " " + f.reason);
    BOOST_TEST(lines ==
                   texts({"b 2026-03-02T06:45:00.000Z every 45m; it sleeps", "b 2026-03-02T07:30:00.000Z every 45m",
                          "b 2026-03-02T08:15:00.000Z every 45m", "a 2026-03-02T09:00:00.000Z cron 0 9 * * mon-fri"}),
               boost::test_tools::per_element());
    BOOST_TEST(all[0].local == "2026-03-02T06:45:00+00:00");
    const auto never = w.engine().next("c", 1, {}).value();
    BOOST_TEST_REQUIRE(never.size() == 1u);
    BOOST_TEST(never[0].reason == "cron 0 8 * * *; disabled: it will not run");
    const auto later = w.engine().next("b", 2, parse_rfc3339("2026-03-03T06:00:00Z").value()).value();
    BOOST_TEST_REQUIRE(later.size() == 2u);
    BOOST_TEST(rfc3339(later[0].at) == "2026-03-03T06:00:00.000Z");
    BOOST_TEST(w.engine().next("d", 3, {}).value().empty());
    BOOST_TEST(name(w.engine().next("nobody", 3, {}).error().code) == "not_found");
}

BOOST_AUTO_TEST_CASE(nothing_wakes_up_while_nothing_is_scheduled)
{
    world w("2026-03-02T06:00:00Z", "UTC");
    w.write("manual");
    w.boot();
    w.pass(15min); // codes of an earlier life are wiped
    const auto questions = w.now().store.questions;
    w.pass(20h);
    BOOST_TEST(w.now().store.questions == questions);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
