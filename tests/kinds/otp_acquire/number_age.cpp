#include "kinds/otp_acquire/number_age.hpp"

#include "kinds/otp_acquire/number_machine.hpp"
#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(number_age_)

using namespace ulak;
using namespace std::chrono_literals;
using kinds::otp::age;
using kinds::otp::age_range;
using kinds::otp::boot_moment;
using kinds::otp::number_age;
using kinds::otp::number_lifetime;
using kinds::otp::order_times;

namespace {

std::string text(age_range r)
{
    return duration_text(r.least) + ".." + duration_text(r.most);
}

/// An order of now, which another process takes up later.
struct restart_fixture : tests::loop_fixture {
    order_times ordered{clock.wall_now(), boot_moment::now(clock), 0s};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_new_number_grows_older_in_a_suspend_too, tests::loop_fixture)
{
    const auto a = number_age::of_new(clock);
    BOOST_TEST(text(a.at(clock)) == "0s..0s");
    pass(90s);
    BOOST_TEST(text(a.at(clock)) == "1m30s..1m30s");
    clock.suspend(8min);
    BOOST_TEST(text(a.at(clock)) == "9m30s..9m30s");
    clock.jump_wall(24h * 365 * 74);
    BOOST_TEST(text(a.at(clock)) == "9m30s..9m30s");
}

BOOST_FIXTURE_TEST_CASE(one_from_before_a_restart_is_as_old_as_the_clocks_prove, restart_fixture)
{
    struct row {
        const char* what;
        bool reboot, known_boot;
        std::chrono::milliseconds jump;
        bool doubted;
        const char* age; // ordered five minutes ago, stored at two minutes, the machine off for three of them
    };
    // A machine counts 20 s when it has started.
    const row table[] = {
        {"the same boot", false, true, 0h, false, "5m..5m"},
        {"the same boot, the wall went ahead", false, true, 50min, false, "5m..5m"},
        {"the same boot, the wall is in 2100", false, true, 24h * 365 * 74, true, "5m..5m"},
        {"the same boot, the wall went back", false, true, -2h, true, "5m..5m"},
        {"another boot", true, true, 0h, false, "2m20s..5m"},
        {"another boot, the wall went back a little", true, true, -4min, false, "2m20s..2m20s"},
        {"another boot, the wall went ahead a little", true, true, 10min, false, "2m20s..15m"},
        {"another boot, the wall is not known", true, true, -24h * 3650, true, "2m20s..25m"},
        {"another boot, the wall is in 2100", true, true, 24h * 365 * 74, true, "2m20s..25m"},
        {"stored by an older version", false, false, 0h, false, "2m..5m"},
        {"stored by an older version, the wall is in doubt", false, false, -3h, true, "2m..25m"},
    };
    for (const auto& r : table) {
        BOOST_TEST_CONTEXT(r.what)
        {
            ordered = order_times{clock.wall_now(), boot_moment::now(clock), 2min};
            if (!r.known_boot)
                ordered.boot = boot_moment();
            pass(2min);
            if (r.reboot)
                clock.reboot(3min);
            else
                pass(3min);
            clock.jump_wall(r.jump);
            tests::doubting_judge judge(clock);
            judge.doubts = r.doubted;
            BOOST_TEST(text(number_age::since(ordered, clock).at(clock)) == r.age);
            clock.jump_wall(-r.jump);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(an_age_in_doubt_is_known_again_with_the_clock, restart_fixture)
{
    ordered.known_age = 1min;
    pass(1min);
    clock.reboot(2min);
    clock.jump_wall(-24h * 3650);
    tests::doubting_judge judge(clock);
    const auto a = number_age::since(ordered, clock);
    pass(10s);
    BOOST_TEST(text(a.at(clock)) == "1m30s..25m");
    clock.jump_wall(24h * 3650);
    judge.doubts = false;
    BOOST_TEST(text(a.at(clock)) == "1m30s..3m10s");
}

BOOST_FIXTURE_TEST_CASE(the_providers_own_time_makes_a_number_older_and_never_younger, restart_fixture)
{
    const auto known_after_reboot = [&](std::chrono::milliseconds told_earlier) {
        ordered = order_times{clock.wall_now(), boot_moment::now(clock), 0s};
        ordered.told_at = ordered.ordered_at - told_earlier;
        BOOST_TEST(text(number_age::since(ordered, clock).at(clock)) == "0s..0s"); // this boot knows it exactly
        clock.reboot(1min);
        return text(number_age::since(ordered, clock).at(clock));
    };
    BOOST_TEST(known_after_reboot(0s) == "20s..1m");
    BOOST_TEST(known_after_reboot(9min) == "20s..10m"); // our wall clock was nine minutes ahead then
    BOOST_TEST(known_after_reboot(-9min) == "20s..1m");
}

// A wall clock that was set back between two processes must not make a number younger than new.
BOOST_FIXTURE_TEST_CASE(a_number_from_the_future_is_new, restart_fixture)
{
    ordered.ordered_at += 1h;
    ordered.boot = boot_moment();
    BOOST_TEST(text(number_age::since(ordered, clock).at(clock)) == "0s..0s");
}

BOOST_AUTO_TEST_SUITE_END()
