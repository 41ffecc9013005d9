#include "kinds/otp_machine.hpp"

#include "core/error.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace {

using namespace ulak;
using namespace ulak::kinds::otp;
using namespace std::chrono_literals;

struct row {
    std::string what;
    stage from;
    happening h;
    age now;
    act then;
    stage to;
    bool alarm = false;
};

/// What the provider does in one imagined life of a number.
struct scenario {
    age code_at{-1};                ///< never, if negative
    age ended_at{-1};               ///< the provider ends it by itself
    std::vector<happening> cancels; ///< answers in their order; then cancel_ok
    bool lost_cancels_work = false; ///< cancel_failed: the provider had done it
    bool refunds = true;
    age person_at{-1};
    int crash_every = 0; ///< steps; 0: never
    age not_before{0};
};

struct life {
    enum { waiting, code, cancelled } provider = waiting;
    fate end = fate::open;
    state last{};
    int cancels = 0, alarms = 0;
    bool poll_before_each_cancel = true, poll_after_each_cancel = true;
    age over{0};
};

state crashed(const state& s)
{
    return state_from(to_json(s)).value();
}

life live(const rules& r, const scenario& sc)
{
    life l;
    age now{0};
    bool told = false, polled_since_cancel = true, polled_last = false;
    turn t = step(r, state(), happening::resumed, now);
    for (int steps = 0; steps < 5000 && t.what != act::finish; ++steps) {
        l.alarms += t.alarm ? 1 : 0;
        state s = t.next;
        if (l.provider == life::waiting && sc.code_at >= 0ms && now >= sc.code_at)
            l.provider = life::code;
        if (l.provider == life::waiting && sc.ended_at >= 0ms && now >= sc.ended_at)
            l.provider = life::cancelled;
        happening h = happening::tick;
        if (sc.person_at >= 0ms && now >= sc.person_at && !told) {
            told = true;
            h = happening::cancel_asked;
        } else if (t.what == act::poll) {
            h = l.provider == life::code        ? happening::poll_code
                : l.provider == life::cancelled ? happening::poll_ended
                                                : happening::poll_waiting;
            polled_since_cancel = polled_last = true;
            now += 200ms;
        } else if (t.what == act::cancel) {
            l.poll_before_each_cancel = l.poll_before_each_cancel && polled_last;
            l.poll_after_each_cancel = l.poll_after_each_cancel && polled_since_cancel;
            h = static_cast<std::size_t>(l.cancels) < sc.cancels.size()
                    ? sc.cancels[static_cast<std::size_t>(l.cancels)]
                    : happening::cancel_ok;
            ++l.cancels;
            if (l.provider == life::code && h == happening::cancel_ok)
                h = happening::cancel_refused; // the SMS came between the look and the cancel
            if (l.provider == life::waiting &&
                (h == happening::cancel_ok || (h == happening::cancel_failed && sc.lost_cancels_work)))
                l.provider = life::cancelled;
            polled_since_cancel = polled_last = false;
            now += 200ms;
        } else if (t.what == act::read_balance) {
            h = l.provider == life::cancelled && sc.refunds ? happening::refund_seen : happening::refund_absent;
            now += 200ms;
        } else {
            now = std::max(now, s.wake);
        }
        if (sc.crash_every > 0 && steps % sc.crash_every == 0) { // what was done is done, and nobody heard of it
            told = told && s.by_person;
            t = step(r, crashed(s), happening::resumed, now);
            continue;
        }
        t = step(r, s, h, now);
    }
    l.alarms += t.alarm ? 1 : 0;
    l.last = t.next;
    l.end = t.next.end;
    l.over = now;
    return l;
}

} // namespace

BOOST_AUTO_TEST_SUITE(otp_machine_)

BOOST_AUTO_TEST_CASE(each_stage_answers_each_happening_as_the_table_says)
{
    const rules r;
    const std::vector<row> table{
        {"a fresh number is looked at", stage::waiting, happening::resumed, 0s, act::poll, stage::waiting},
        {"nothing yet: wait", stage::waiting, happening::poll_waiting, 10s, act::sleep, stage::waiting},
        {"the network failed: wait", stage::waiting, happening::poll_failed, 10s, act::sleep, stage::waiting},
        {"a code ends it", stage::waiting, happening::poll_code, 10s, act::finish, stage::done},
        {"ended by the provider", stage::waiting, happening::poll_ended, 10s, act::finish, stage::done},
        {"the wait is over: cancel", stage::waiting, happening::poll_waiting, 4min, act::cancel, stage::cancelling},
        {"a person cancels: one more look", stage::waiting, happening::cancel_asked, 10s, act::poll, stage::last_look},
        {"nothing at the last look: cancel", stage::last_look, happening::poll_waiting, 10s, act::cancel,
         stage::cancelling},
        {"the last look finds it", stage::last_look, happening::poll_code, 10s, act::finish, stage::done},
        {"cancelled: look again", stage::cancelling, happening::cancel_ok, 5min, act::poll, stage::after_cancel},
        {"refused: look again", stage::cancelling, happening::cancel_refused, 5min, act::poll, stage::after_cancel},
        {"lost: look again", stage::cancelling, happening::cancel_failed, 5min, act::poll, stage::after_cancel},
        {"the code won the race", stage::after_cancel, happening::poll_code, 5min, act::finish, stage::done},
        {"ended after a cancel", stage::after_cancel, happening::poll_ended, 5min, act::finish, stage::done},
        {"still there: later", stage::after_cancel, happening::poll_waiting, 5min, act::sleep, stage::retrying},
        {"the window closed: tell", stage::after_cancel, happening::poll_waiting, 10min, act::sleep, stage::retrying,
         true},
        {"its life is over: tell and end", stage::after_cancel, happening::poll_waiting, 25min, act::finish,
         stage::done, true},
        {"a retry looks first", stage::retrying, happening::tick, 5min, act::poll, stage::last_look},
        {"a restart while cancelling looks first", stage::cancelling, happening::resumed, 5min, act::poll,
         stage::last_look},
        {"a restart while verifying reads the balance", stage::verifying, happening::resumed, 5min, act::read_balance,
         stage::verifying},
        {"the refund is there", stage::verifying, happening::refund_seen, 5s, act::finish, stage::done},
        {"not yet", stage::verifying, happening::refund_absent, 5s, act::sleep, stage::verifying},
        {"not within a minute: tell", stage::verifying, happening::refund_absent, 60s, act::finish, stage::done, true},
        {"nobody can tell: trust the provider", stage::verifying, happening::refund_unknown, 60s, act::finish,
         stage::done},
        {"done stays done", stage::done, happening::poll_code, 5s, act::finish, stage::done},
    };
    for (const row& t : table) {
        BOOST_TEST_CONTEXT(t.what)
        {
            state s;
            s.at = t.from;
            const turn got = step(r, s, t.h, t.now);
            BOOST_TEST(got.what == t.then);
            BOOST_TEST(got.next.at == t.to);
            BOOST_TEST(got.alarm == t.alarm);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_code_after_the_wait_is_late_and_one_before_is_not)
{
    const rules r;
    state s;
    BOOST_TEST(!step(r, s, happening::poll_code, 4min).next.late);
    BOOST_TEST(step(r, s, happening::poll_code, 4min + 1s).next.late);
}

BOOST_AUTO_TEST_CASE(the_looks_come_less_and_less_often_up_to_the_maximum)
{
    const rules r;
    turn t = step(r, state(), happening::poll_waiting, 0s);
    BOOST_TEST((t.next.wake == 3s));
    t = step(r, t.next, happening::poll_waiting, 3s);
    BOOST_TEST((t.next.wake == 7500ms));
    for (int i = 0; i < 10; ++i)
        t = step(r, t.next, happening::poll_waiting, 60s);
    BOOST_TEST((t.next.wake == 70s));
}

BOOST_AUTO_TEST_CASE(refused_cancels_are_repeated_later_and_later_and_once_more_before_the_window_closes)
{
    const rules r;
    scenario sc;
    sc.cancels.assign(100, happening::cancel_refused);
    const life l = live(r, sc);
    BOOST_TEST(l.end == fate::expired);
    BOOST_TEST(l.alarms == 1);
    BOOST_TEST(l.cancels > 8);
    BOOST_TEST(l.cancels < 20);
    BOOST_TEST((l.over >= number_lives && l.over < number_lives + 3min));
}

BOOST_AUTO_TEST_CASE(no_cancel_is_asked_before_the_provider_takes_one)
{
    rules r;
    r.not_before = 2min;
    state s;
    s.by_person = true;
    s.at = stage::last_look;
    const turn t = step(r, s, happening::poll_waiting, 30s);
    BOOST_TEST(t.what == act::sleep);
    BOOST_TEST((t.next.wake == 2min));
}

BOOST_AUTO_TEST_CASE(a_number_that_cannot_be_cancelled_is_watched_to_its_end)
{
    rules r;
    r.can_cancel = false;
    for (const int crash : {0, 2, 3}) {
        scenario sc;
        sc.crash_every = crash;
        sc.ended_at = 15min;
        BOOST_TEST(live(r, sc).end == fate::ended);
        sc.ended_at = -1ms;
        sc.code_at = 12min;
        const life late = live(r, sc);
        BOOST_TEST(late.end == fate::code);
        BOOST_TEST(late.last.late);
        sc.code_at = -1ms;
        const life never = live(r, sc);
        BOOST_TEST(never.end == fate::expired);
        BOOST_TEST(never.alarms == 1);
        BOOST_TEST(never.cancels == 0);
    }
}

/// Empty if the life ended as it must.
std::string wrong_with(const life& l, const rules& r, const scenario& sc)
{
    const bool refund_visible_missing = r.verifiable && !sc.refunds;
    if (l.end == fate::open)
        return "not driven to an end";
    if (!l.poll_before_each_cancel || !l.poll_after_each_cancel)
        return "a cancel without a look before and after it";
    if (l.provider == life::code && l.end != fate::code)
        return "a code that the provider shows was lost";
    if (l.provider == life::cancelled && l.end != (refund_visible_missing ? fate::refund_missing : fate::returned))
        return "wrong end of a number that was given back";
    const bool at_risk = l.end == fate::refund_missing || l.end == fate::expired;
    if (l.alarms > 1 || (at_risk && l.alarms != 1))
        return "told " + std::to_string(l.alarms) + " times";
    return {};
}

// Every mixture of arrival, cancel answers, a person's cancel, a missing refund and crashes that lose what was
// answered.
BOOST_AUTO_TEST_CASE(in_every_interleaving_the_number_is_driven_to_the_end_that_the_provider_shows)
{
    using enum happening;
    const std::vector<std::vector<happening>> answers{{},
                                                      {cancel_refused},
                                                      {cancel_failed},
                                                      {cancel_refused, cancel_failed, cancel_refused},
                                                      std::vector<happening>(60, cancel_refused)};
    std::size_t tried = 0;
    const auto one = [&](const rules& r, const scenario& sc) {
        const life l = live(r, sc);
        const std::string wrong = wrong_with(l, r, sc);
        ++tried;
        if (!wrong.empty())
            BOOST_ERROR(wrong << ": code " << sc.code_at.count() << " cancels " << sc.cancels.size() << " person "
                              << sc.person_at.count() << " ended " << sc.ended_at.count() << " crash " << sc.crash_every
                              << " verifiable " << r.verifiable << " refunds " << sc.refunds << " end " << l.end);
    };
    for (const age code_at : {-1ms, 0ms, 239'900ms, 240'000ms, 240'300ms, 700'000ms})
        for (const auto& cancels : answers)
            for (const age person_at : {-1ms, 0ms, 239'000ms, 242'000ms})
                for (const age ended_at : {-1ms, 100'000ms, 240'200ms})
                    for (const int crash : {0, 2, 3})
                        for (const int bits : {0, 1, 2, 3, 4, 5, 6, 7}) {
                            rules r;
                            r.verifiable = (bits & 1) != 0;
                            scenario sc;
                            sc.code_at = code_at;
                            sc.cancels = cancels;
                            sc.person_at = person_at;
                            sc.ended_at = ended_at;
                            sc.refunds = (bits & 2) != 0;
                            sc.crash_every = crash;
                            sc.lost_cancels_work = (bits & 4) != 0;
                            one(r, sc);
                        }
    BOOST_TEST(tried == 6u * 5u * 4u * 3u * 3u * 8u);
}

BOOST_AUTO_TEST_CASE(a_state_that_cannot_be_read_is_an_error_and_not_a_guess)
{
    boost::json::object o = to_json(state());
    o["stage"] = "somewhere";
    BOOST_TEST(!state_from(o).has_value());
    BOOST_TEST(!state_from(boost::json::object()).has_value());
    state s;
    s.at = stage::retrying;
    s.cancels = 3;
    s.alarmed = true;
    s.wake = 77s;
    BOOST_TEST((state_from(to_json(s)).value() == s));
}

BOOST_AUTO_TEST_SUITE_END()
