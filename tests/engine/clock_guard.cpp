// Clocks that jump, stand still and go back, at run time and over restarts: nothing is purged, fired twice or silenced.
#include "engine/detail/clock_guard.hpp"

#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(clock_guard_)

using ledger::run_state;

namespace {

constexpr auto to_2100 = 24h * 365 * 74;

struct clock_world : world {
    explicit clock_world(std::string_view start = "2026-03-02T06:00:10Z") : world(start, "UTC")
    {
        write("hourly", "schedule: {cron: '0 * * * *'}\n");
    }
    bool held() const { return !time.wall_doubt().empty(); }
    bool told() const { return published.last("clock.jumped") != nullptr; }
    std::size_t purges() const { return *purged; }
    /// From now on.
    void count_purges()
    {
        now().store.crash_after = [seen = purged](const ledger::batch& all) {
            for (const auto& c : all)
                *seen += std::holds_alternative<ledger::purge>(c);
            return false;
        };
    }
    std::vector<std::string> due_times()
    {
        std::vector<std::string> all;
        for (const auto& r : runs("hourly"))
            all.push_back(rfc3339(*r.due_at));
        return all;
    }
    std::shared_ptr<std::size_t> purged = std::make_shared<std::size_t>(0);
};

struct jump_row {
    const char* what;
    std::chrono::milliseconds by;
    bool ntp, told, held;
};

} // namespace

BOOST_AUTO_TEST_CASE(jumps_of_more_than_an_hour_hold_and_lesser_steps_do_not)
{
    const jump_row table[] = {
        {"a leap second", 1s, false, false, false},
        {"a small step of NTP", 900ms, true, false, false},
        {"a small step back", -900ms, false, false, false},
        {"an hour, as if somebody set daylight saving by hand", 1h, false, false, false},
        {"an hour back", -1h, false, false, false},
        {"more than an hour", 61min, false, true, true},
        {"more than an hour back", -61min, false, true, true},
        {"a day", 24h, false, true, true},
        {"to the year 2100", to_2100, false, true, true},
        {"to the year 1976", -24h * 365 * 50, false, true, true},
        {"a day, and NTP agrees", 24h, true, true, false},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            clock_world w;
            w.boot();
            w.pass(5min);
            w.time.set_synchronised(row.ntp);
            w.time.jump_wall(row.by);
            w.time.run_until_idle(); // told at once, without any time going on
            BOOST_TEST(w.held() == row.held);
            BOOST_TEST(w.told() == row.told);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_clock_in_2100_for_a_minute_purges_nothing_and_fires_nothing)
{
    clock_world w;
    w.boot();
    w.pass(2min);
    w.count_purges();
    w.time.jump_wall(to_2100);
    w.pass(60min);
    BOOST_TEST(w.purges() == 0u);
    BOOST_TEST(w.runs().empty());
    BOOST_TEST(w.published.last("clock.jumped")->data.at("shows").as_string().starts_with("2100"));
    w.time.jump_wall(-to_2100);
    w.time.run_until_idle();
    BOOST_TEST(!w.held());
    BOOST_TEST(w.published.count("clock.jumped") == 1u);
    BOOST_TEST(w.published.count("clock.trusted") == 1u);
    w.pass(3h);
    const std::vector<std::string> once{"2026-03-02T07:00:00.000Z", "2026-03-02T08:00:00.000Z",
                                        "2026-03-02T09:00:00.000Z", "2026-03-02T10:00:00.000Z"};
    BOOST_TEST(w.due_times() == once, boost::test_tools::per_element());
    BOOST_TEST(w.published.count("schedule.missed") == 0u);
}

BOOST_AUTO_TEST_CASE(nothing_is_stamped_with_the_time_of_a_clock_in_doubt)
{
    for (const auto by : {to_2100, -24h * 365 * 50}) {
        clock_world w;
        w.write("free");
        w.boot();
        w.pass(5min);
        w.time.jump_wall(by);
        const auto id = w.begin("free");
        BOOST_TEST(rfc3339(*w.run(id).finished_at).starts_with("2026-03-02T06:05"));
        BOOST_TEST(rfc3339(w.published.last("run.finished")->time).starts_with("2026-03-02T06:05"));
        BOOST_TEST(rfc3339(w.wall()).starts_with("2026-03-02T06:05"));
    }
}

BOOST_AUTO_TEST_CASE(what_was_due_while_the_clock_was_in_doubt_is_made_up_for)
{
    clock_world w;
    w.boot();
    w.time.jump_wall(-24h * 3650);
    w.pass(2h);
    BOOST_TEST(w.runs().empty());
    w.time.jump_wall(24h * 3650);
    w.pass(1s);
    BOOST_TEST(w.due_times() == std::vector<std::string>{"2026-03-02T08:00:00.000Z"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ntp_ends_a_doubt_by_itself)
{
    clock_world w;
    w.boot();
    w.time.jump_wall(5h);
    w.pass(1min);
    BOOST_TEST(w.held());
    w.time.set_synchronised(true);
    w.pass(11s);
    BOOST_TEST(!w.held());
    BOOST_TEST(w.published.last("clock.trusted")->message.ends_with("NTP agrees"));
    BOOST_TEST(w.due_times() == std::vector<std::string>{"2026-03-02T11:00:00.000Z"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_person_ends_a_doubt_and_it_stays_so_over_a_restart)
{
    clock_world w;
    w.boot();
    BOOST_TEST(name(w.get(w.engine().confirm_clock(1000, 42)).error().code) == "conflict");
    w.time.jump_wall(5h);
    w.pass(1min);
    BOOST_TEST(w.engine().clock().doubt.find("5h ahead") != std::string::npos);
    BOOST_TEST(w.get(w.engine().confirm_clock(1000, 42)).has_value());
    BOOST_TEST(!w.held());
    BOOST_TEST(w.published.last("clock.trusted")->data.at("uid").to_number<int>() == 1000);
    w.crash();
    w.boot();
    BOOST_TEST(!w.held());
}

BOOST_AUTO_TEST_CASE(a_run_that_spends_is_refused_by_hand_too_and_others_begin)
{
    clock_world w;
    auto costly = w.known_kinds.front();
    costly.definition.name = "test.costly";
    costly.definition.spends = true;
    w.known_kinds.push_back(costly);
    w.write("costly", "budget: {run: 10 TRY, day: 20 TRY}\n", "test.costly");
    w.write("free");
    w.boot();
    w.time.jump_wall(25h); // another day would be another budget
    const auto refused = w.try_begin("costly");
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(name(refused.error().code) == "paused");
    BOOST_TEST(refused.error().message.find("ulakctl clock confirm") != std::string::npos);
    BOOST_TEST(w.try_begin("free").has_value());
    BOOST_TEST(w.get(w.engine().confirm_clock(0, 1)).has_value());
    BOOST_TEST(w.try_begin("costly").has_value());
}

BOOST_AUTO_TEST_CASE(a_run_that_a_clock_ahead_has_queued_is_taken_back_and_shown)
{
    clock_world w;
    ledger::create_run early;
    early.run.id = run_id("01KQUEUED");
    early.run.job = "hourly";
    early.run.kind = "test.fake";
    early.run.state = run_state::queued;
    early.run.created_at = w.wall();
    early.run.due_at = w.wall() + to_2100;
    early.run.definition = "version: 1\nkind: test.fake\nschedule: {cron: '0 * * * *'}\n";
    w.commit({early});
    w.boot();
    w.pass(1s);
    BOOST_TEST(name(w.run(early.run.id).state) == "cancelled");
    BOOST_TEST_REQUIRE(w.engine().missed("hourly").size() == 1u);
    BOOST_TEST(w.engine().missed("hourly")[0].reason == "queued while the clock was ahead");
}

BOOST_AUTO_TEST_CASE(a_machine_without_a_clock_of_its_own_waits_for_ntp_and_then_goes_on)
{
    clock_world w("1970-01-01T00:00:30Z");
    w.write("every", "schedule: {every: 1h}\n");
    w.boot();
    BOOST_TEST(w.held());
    w.pass(5min);
    w.time.jump_wall(parse_rfc3339("2026-03-02T06:30:00Z").value() - w.time.read_wall());
    w.time.set_synchronised(true);
    w.pass(1s);
    BOOST_TEST(!w.held());
    BOOST_TEST(w.runs().empty()); // schedules count from the true time
    w.pass(59min);
    BOOST_TEST(w.due_times() == std::vector<std::string>{"2026-03-02T07:00:00.000Z"}, boost::test_tools::per_element());
    w.pass(2min);
    BOOST_TEST(w.runs("every").size() == 1u);
}

namespace {

struct restart_row {
    const char* what;
    bool reboot;
    std::chrono::milliseconds off, jump;
    bool ntp, held, told;
};

} // namespace

BOOST_AUTO_TEST_CASE(over_a_restart_the_last_reading_in_the_store_is_what_counts)
{
    const restart_row table[] = {
        {"the daemon alone", false, 0ms, 0ms, false, false, false},
        {"the daemon alone, and the clock was set", false, 0ms, 3h, false, true, true},
        {"the same, back", false, 0ms, -3h, false, true, true},
        {"the same, and NTP agrees", false, 0ms, 3h, true, false, true},
        {"off for ten minutes", true, 10min, 0ms, false, false, false},
        {"off for a night, with NTP", true, 10h, 0ms, true, false, false},
        {"off for a night, without: a wrong clock looks the same", true, 10h, 0ms, false, true, true},
        {"the battery of its clock is empty", true, 10min, -24h * 365 * 56, false, true, true},
        {"the clock is kept in local time", true, 1min, 3h, false, true, true},
        {"it is in 2100", true, 1min, to_2100, false, true, true},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            clock_world w;
            w.boot();
            w.pass(10min);
            w.stop();
            if (row.reboot)
                w.time.reboot(row.off);
            w.time.jump_wall(row.jump);
            w.time.set_synchronised(row.ntp);
            w.boot();
            w.time.run_until_idle();
            BOOST_TEST(w.held() == row.held);
            BOOST_TEST(w.told() == row.told);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_doubt_outlasts_restarts)
{
    clock_world w;
    w.boot();
    w.time.jump_wall(to_2100);
    w.pass(3h); // longer than a reading is kept
    w.crash();
    w.boot();
    BOOST_TEST(w.held());
    w.time.jump_wall(-to_2100);
    BOOST_TEST(!w.held());
}

BOOST_AUTO_TEST_CASE(a_suspend_is_no_jump)
{
    clock_world w;
    w.boot();
    w.pass(1min);
    w.time.suspend(9h);
    BOOST_TEST(!w.held());
    BOOST_TEST(!w.told());
    BOOST_TEST(w.due_times() == std::vector<std::string>{"2026-03-02T15:00:00.000Z"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_disk_that_refuses_hears_of_a_jump_later)
{
    clock_world w;
    w.boot();
    w.pass(1min);
    w.now().store.refuses = true;
    w.time.jump_wall(2h);
    w.pass(1min);
    BOOST_TEST(w.held());
    BOOST_TEST(!w.told());
    w.now().store.refuses = false;
    w.pass(11s);
    BOOST_TEST(w.told());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
