#include "kinds/sms_send/send_pacer.hpp"
#include "kinds/sms_stage_world.hpp"

#include <vector>

BOOST_AUTO_TEST_SUITE(sms_send_pacer_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;

yaml::rate_value per_second(double n, const std::string& unit)
{
    yaml::rate_value rate;
    rate.per_second = n;
    rate.unit = unit;
    return rate;
}

struct pacer_world : sms_stage_world {
    sms::send_pacer make() { return sms::send_pacer(context, settings, progress); }
    /// It is nine o'clock.
    void open_between(std::chrono::minutes from, std::chrono::minutes to)
    {
        job::window w;
        w.from = from;
        w.to = to;
        settings.window = w;
    }
    std::string turn(sms::send_pacer& pacer, std::int64_t recipients = 1, int segments = 1)
    {
        std::vector<ledger::item_record> chunk;
        for (std::int64_t i = 0; i < recipients; ++i)
            chunk.push_back(item_at(i));
        chunk.front().segments = segments;
        const auto result = in_time(pacer.wait_for_turn(chunk), 30h);
        return outcome_text(result, *progress);
    }
    std::int64_t seconds_gone() const { return (clock.wall_now() - begun) / 1s; }

    wall_point begun = clock.wall_now();
};

} // namespace

BOOST_AUTO_TEST_CASE(a_call_takes_tokens_by_the_unit_of_the_pace)
{
    struct sample {
        const char* unit;
        std::int64_t recipients;
        int segments;
        double tokens;
    };
    for (const sample& s :
         {sample{"requests", 100, 3, 1}, sample{"recipients", 100, 3, 100}, sample{"segments", 100, 3, 300},
          sample{"segments", 100, 0, 100}, sample{"recipients", 1, 1, 1}}) {
        std::vector<ledger::item_record> chunk(static_cast<std::size_t>(s.recipients));
        for (auto& i : chunk)
            i.segments = s.segments;
        BOOST_TEST(sms::tokens_for(per_second(1, s.unit), chunk) == s.tokens);
    }
}

BOOST_FIXTURE_TEST_CASE(without_pace_and_window_a_call_may_go_at_once, pacer_world)
{
    auto pacer = make();
    BOOST_TEST(turn(pacer) == "go on");
    BOOST_TEST(seconds_gone() == 0);
}

BOOST_FIXTURE_TEST_CASE(the_pace_holds_over_several_calls, pacer_world)
{
    settings.pace = per_second(0.1, "requests");
    auto pacer = make();
    for (int i = 0; i < 4; ++i)
        BOOST_TEST(turn(pacer, 50) == "go on");
    BOOST_TEST(seconds_gone() >= 30); // the first goes at once
    BOOST_TEST(seconds_gone() < 40);
}

BOOST_FIXTURE_TEST_CASE(a_closed_window_is_waited_for, pacer_world)
{
    open_between(12h, 13h);
    auto pacer = make();
    BOOST_TEST(turn(pacer) == "go on");
    BOOST_TEST(rfc3339(clock.wall_now()).substr(11, 5) == "12:00");
}

BOOST_FIXTURE_TEST_CASE(a_window_that_never_opens_ends_the_sending, pacer_world)
{
    add_pending(3);
    open_between(12h, 13h);
    settings.window->days.fill(false);
    auto pacer = make();
    BOOST_TEST(turn(pacer) == "early: window");
    for (const auto& i : items_of(id)) {
        BOOST_TEST((i.state == item_state::skipped));
        BOOST_TEST(i.reason == "window");
    }
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_ends_the_wait_and_skips_what_is_pending, pacer_world)
{
    add_pending(3);
    for (const bool paced : {true, false}) {
        if (paced)
            settings.pace = per_second(0.001, "requests");
        else
            open_between(20h, 21h);
    }
    auto pacer = make();
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 5)
            cancel_run();
    };
    BOOST_TEST(turn(pacer) == "early: cancelled");
    BOOST_TEST(seconds_gone() < 10);
    for (const auto& i : items_of(id))
        BOOST_TEST((i.state == item_state::skipped));
}

BOOST_FIXTURE_TEST_CASE(a_stop_of_the_daemon_ends_the_wait_and_leaves_the_items, pacer_world)
{
    add_pending(3);
    open_between(20h, 21h);
    auto pacer = make();
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 5)
            stop_run();
    };
    BOOST_TEST(turn(pacer) == "interrupted");
    for (const auto& i : items_of(id))
        BOOST_TEST((i.state == item_state::pending));
}

BOOST_AUTO_TEST_SUITE_END()
