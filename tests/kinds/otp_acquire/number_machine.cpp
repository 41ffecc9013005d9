#include "kinds/otp_acquire/number_machine.hpp"

#include "core/error.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(number_machine_)

namespace {

using namespace ulak;
using namespace ulak::kinds::otp;
using namespace std::chrono_literals;

struct row {
    std::string what;
    stage from;
    event h;
    age now;
    action then;
    stage to;
    bool alarm = false;
};

/// What the provider does in one imagined life of a number.
struct scenario {
    age code_at{-1};                ///< never, if negative
    age ended_at{-1};               ///< the provider ends it by itself
    std::vector<event> cancels;     ///< answers in their order; then cancel_ok
    bool lost_cancels_work = false; ///< cancel_failed: the provider had done it
    bool refunds = true;
    age person_at{-1};
    int crash_every = 0; ///< steps; 0: never
    age not_before{0};
};

struct life {
    enum { waiting, code, cancelled } provider = waiting;
    outcome end = outcome::open;
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
    bool person_heard = false, polled_since_cancel = true, polled_last = false;
    transition t = step(r, state(), event::resumed, now);
    for (int steps = 0; steps < 5000 && t.next_action != action::finish; ++steps) {
        l.alarms += t.alarm ? 1 : 0;
        state s = t.next_state;
        if (l.provider == life::waiting && sc.code_at >= 0ms && now >= sc.code_at)
            l.provider = life::code;
        if (l.provider == life::waiting && sc.ended_at >= 0ms && now >= sc.ended_at)
            l.provider = life::cancelled;
        event h = event::woke;
        if (sc.person_at >= 0ms && now >= sc.person_at && !person_heard) {
            person_heard = true;
            h = event::cancel_requested;
        } else if (t.next_action == action::poll) {
            h = l.provider == life::code        ? event::poll_code
                : l.provider == life::cancelled ? event::poll_ended
                                                : event::poll_waiting;
            polled_since_cancel = polled_last = true;
            now += 200ms;
        } else if (t.next_action == action::cancel) {
            l.poll_before_each_cancel = l.poll_before_each_cancel && polled_last;
            l.poll_after_each_cancel = l.poll_after_each_cancel && polled_since_cancel;
            h = static_cast<std::size_t>(l.cancels) < sc.cancels.size()
                    ? sc.cancels[static_cast<std::size_t>(l.cancels)]
                    : event::cancel_confirmed;
            ++l.cancels;
            if (l.provider == life::code && h == event::cancel_confirmed)
                h = event::cancel_refused; // the SMS came between the poll and the cancel
            if (l.provider == life::waiting &&
                (h == event::cancel_confirmed || (h == event::cancel_failed && sc.lost_cancels_work)))
                l.provider = life::cancelled;
            polled_since_cancel = polled_last = false;
            now += 200ms;
        } else if (t.next_action == action::read_balance) {
            h = l.provider == life::cancelled && sc.refunds ? event::refund_seen : event::refund_absent;
            now += 200ms;
        } else {
            now = std::max(now, s.wake_at);
        }
        if (sc.crash_every > 0 && steps % sc.crash_every == 0) { // what was done is done, and its answer is lost
            person_heard = person_heard && s.cancel_requested;
            t = step(r, crashed(s), event::resumed, now);
            continue;
        }
        t = step(r, s, h, now);
    }
    l.alarms += t.alarm ? 1 : 0;
    l.last = t.next_state;
    l.end = t.next_state.ended_as;
    l.over = now;
    return l;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_life_of_a_number_as_the_table_says)
{
    const rules r;
    const std::vector<row> table{
        {"a new number is polled", stage::waiting, event::resumed, 0s, action::poll, stage::waiting},
        {"nothing yet: wait", stage::waiting, event::poll_waiting, 10s, action::sleep, stage::waiting},
        {"the network failed: wait", stage::waiting, event::poll_failed, 10s, action::sleep, stage::waiting},
        {"a code ends it", stage::waiting, event::poll_code, 10s, action::finish, stage::done},
        {"ended by the provider", stage::waiting, event::poll_ended, 10s, action::finish, stage::done},
        {"the wait is over: cancel", stage::waiting, event::poll_waiting, 4min, action::cancel, stage::cancelling},
        {"a person cancels: one more poll", stage::waiting, event::cancel_requested, 10s, action::poll,
         stage::poll_before_cancel},
        {"nothing at the last poll: cancel", stage::poll_before_cancel, event::poll_waiting, 10s, action::cancel,
         stage::cancelling},
        {"the last poll finds it", stage::poll_before_cancel, event::poll_code, 10s, action::finish, stage::done},
        {"cancelled: poll again", stage::cancelling, event::cancel_confirmed, 5min, action::poll,
         stage::poll_after_cancel},
        {"refused: poll again", stage::cancelling, event::cancel_refused, 5min, action::poll, stage::poll_after_cancel},
        {"lost: poll again", stage::cancelling, event::cancel_failed, 5min, action::poll, stage::poll_after_cancel},
        {"the code won the race", stage::poll_after_cancel, event::poll_code, 5min, action::finish, stage::done},
        {"ended after a cancel", stage::poll_after_cancel, event::poll_ended, 5min, action::finish, stage::done},
        {"still there: later", stage::poll_after_cancel, event::poll_waiting, 5min, action::sleep, stage::retrying},
        {"the window closed: alarm", stage::poll_after_cancel, event::poll_waiting, 10min, action::sleep,
         stage::retrying, true},
        {"its life is over: alarm and end", stage::poll_after_cancel, event::poll_waiting, 25min, action::finish,
         stage::done, true},
        {"a retry polls first", stage::retrying, event::woke, 5min, action::poll, stage::poll_before_cancel},
        {"a restart while cancelling polls first", stage::cancelling, event::resumed, 5min, action::poll,
         stage::poll_before_cancel},
        {"a restart while verifying reads the balance", stage::verifying_refund, event::resumed, 5min,
         action::read_balance, stage::verifying_refund},
        {"the refund is there", stage::verifying_refund, event::refund_seen, 5s, action::finish, stage::done},
        {"not yet", stage::verifying_refund, event::refund_absent, 5s, action::sleep, stage::verifying_refund},
        {"not within a minute: alarm", stage::verifying_refund, event::refund_absent, 60s, action::finish, stage::done,
         true},
        {"unknown: trust the provider", stage::verifying_refund, event::refund_unknown, 60s, action::finish,
         stage::done},
        {"done stays done", stage::done, event::poll_code, 5s, action::finish, stage::done},
    };
    for (const row& t : table) {
        BOOST_TEST_CONTEXT(t.what)
        {
            state s;
            s.at = t.from;
            const transition got = step(r, s, t.h, t.now);
            BOOST_TEST(got.next_action == t.then);
            BOOST_TEST(got.next_state.at == t.to);
            BOOST_TEST(got.alarm == t.alarm);
        }
    }
}

// Between two bounds: what must not be late goes by the larger one, what must not be early by the smaller.
BOOST_AUTO_TEST_CASE(an_age_in_doubt_is_read_with_caution_by_each_decision)
{
    rules r;
    r.not_before = 3min;
    struct doubt_row {
        const char* what;
        stage from;
        event h;
        age_range now;
        action then;
        stage to;
        bool alarm;
        age wake_at;
    };
    const std::vector<doubt_row> table{
        {"the wait may be over: give it back",
         stage::waiting,
         event::poll_waiting,
         {1min, 25min},
         action::cancel,
         stage::cancelling,
         false,
         0s},
        {"it may not be refused: wait, but not past the window",
         stage::waiting,
         event::poll_waiting,
         {1min, 9min},
         action::sleep,
         stage::retrying,
         false,
         1min + 55s},
        {"it may not be refused, the window is far: wait",
         stage::waiting,
         event::poll_waiting,
         {2min, 5min},
         action::sleep,
         stage::retrying,
         false,
         3min},
        {"sleep until the wait may be over",
         stage::waiting,
         event::poll_waiting,
         {1min, 4min - 1s},
         action::sleep,
         stage::waiting,
         false,
         1min + 1s},
        {"its life may be over: nothing is given up",
         stage::poll_after_cancel,
         event::poll_waiting,
         {5min, 26min},
         action::sleep,
         stage::retrying,
         true,
         5min + 15s},
        {"its life is over by every clock",
         stage::poll_after_cancel,
         event::poll_waiting,
         {25min, 25min},
         action::finish,
         stage::done,
         true,
         0s},
        {"the last chance in the window",
         stage::poll_after_cancel,
         event::poll_waiting,
         {2min, 9min + 50s},
         action::sleep,
         stage::retrying,
         false,
         2min + 5s},
    };
    for (const doubt_row& t : table) {
        BOOST_TEST_CONTEXT(t.what)
        {
            state s;
            s.at = t.from;
            const transition got = step(r, s, t.h, t.now);
            BOOST_TEST(got.next_action == t.then);
            BOOST_TEST(got.next_state.at == t.to);
            BOOST_TEST(got.alarm == t.alarm);
            BOOST_TEST(got.next_state.wake_at.count() == t.wake_at.count());
        }
    }
}

/// "pW": poll in waiting.
std::string code_of(const transition& t)
{
    constexpr std::string_view actions = "pcbsf", stages = "WBCARTVD";
    return {actions[static_cast<std::size_t>(t.next_action)], stages[static_cast<std::size_t>(t.next_state.at)]};
}

// A minute after the purchase, from states without a history.
BOOST_AUTO_TEST_CASE(any_event_is_answered_in_any_stage)
{
    using enum event;
    // Actions: poll, cancel, read_balance, sleep, finish. Stages: Waiting, poll Before cancel, Cancelling, poll After
    // cancel, Retrying, waTching, Verifying, Done.
    const std::vector<std::pair<event, std::string>> table{
        {resumed, "pW pB pB pB pB pT bV fD"},          {woke, "pW pB pB pB pB pT bV fD"},
        {cancel_requested, "pB pB pB pB sR pB sV fD"}, {poll_waiting, "sW cC cC sR cC cC cC fD"},
        {poll_code, "fD fD fD fD fD fD fD fD"},        {poll_ended, "fD fD fD fD fD fD fD fD"},
        {poll_failed, "sW cC cC sR cC cC cC fD"},      {poll_unreadable, "sW sR sR sR sR sT sR fD"},
        {cancel_confirmed, "pA pA pA pA pA pA pA fD"}, {cancel_refused, "pA pA pA pA pA pA pA fD"},
        {cancel_failed, "pA pA pA pA pA pA pA fD"},    {refund_seen, "fD fD fD fD fD fD fD fD"},
        {refund_absent, "fD fD fD fD fD fD fD fD"},    {refund_unknown, "fD fD fD fD fD fD fD fD"},
    };
    for (const auto& [e, expected] : table) {
        std::string got;
        for (int at = 0; at <= static_cast<int>(stage::done); ++at) {
            state s;
            s.at = static_cast<stage>(at);
            got += (got.empty() ? "" : " ") + code_of(step(rules(), s, e, 60s));
        }
        BOOST_TEST_CONTEXT(e)
        {
            BOOST_TEST(got == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_a_restart_needs_is_stored)
{
    struct row {
        stage before, now;
        action next;
        bool alarm, stored;
    };
    for (const row& r : std::vector<row>{
             {stage::waiting, stage::waiting, action::sleep, false, false},
             {stage::waiting, stage::poll_before_cancel, action::poll, false, false},
             {stage::poll_before_cancel, stage::cancelling, action::cancel, false, true},
             {stage::cancelling, stage::poll_after_cancel, action::poll, false, false},
             {stage::poll_after_cancel, stage::retrying, action::sleep, false, true},
             {stage::retrying, stage::retrying, action::sleep, true, true},
             {stage::verifying_refund, stage::verifying_refund, action::sleep, false, false},
             {stage::waiting, stage::done, action::finish, false, true},
         }) {
        state s;
        s.at = r.now;
        BOOST_TEST(must_be_stored(r.before, transition{s, r.next, r.alarm}) == r.stored);
    }
}

BOOST_AUTO_TEST_CASE(a_code_after_the_wait_is_late_and_one_before_is_not)
{
    const rules r;
    state s;
    BOOST_TEST(!step(r, s, event::poll_code, 4min).next_state.code_late);
    BOOST_TEST(step(r, s, event::poll_code, 4min + 1s).next_state.code_late);
}

BOOST_AUTO_TEST_CASE(the_polls_come_less_and_less_often_up_to_the_maximum)
{
    const rules r;
    transition t = step(r, state(), event::poll_waiting, 0s);
    BOOST_TEST((t.next_state.wake_at == 3s));
    t = step(r, t.next_state, event::poll_waiting, 3s);
    BOOST_TEST((t.next_state.wake_at == 7500ms));
    for (int i = 0; i < 10; ++i)
        t = step(r, t.next_state, event::poll_waiting, 60s);
    BOOST_TEST((t.next_state.wake_at == 70s));
}

BOOST_AUTO_TEST_CASE(refused_cancels_are_repeated_later_and_later_and_once_more_before_the_window_closes)
{
    const rules r;
    scenario sc;
    sc.cancels.assign(100, event::cancel_refused);
    const life l = live(r, sc);
    BOOST_TEST(l.end == outcome::expired);
    BOOST_TEST(l.alarms == 1);
    BOOST_TEST(l.cancels > 8);
    BOOST_TEST(l.cancels < 20);
    BOOST_TEST((l.over >= number_lifetime && l.over < number_lifetime + 3min));
}

BOOST_AUTO_TEST_CASE(no_cancel_is_asked_before_the_provider_takes_one)
{
    rules r;
    r.not_before = 2min;
    state s;
    s.cancel_requested = true;
    s.at = stage::poll_before_cancel;
    const transition t = step(r, s, event::poll_waiting, 30s);
    BOOST_TEST(t.next_action == action::sleep);
    BOOST_TEST((t.next_state.wake_at == 2min));
}

BOOST_AUTO_TEST_CASE(a_number_that_cannot_be_cancelled_is_watched_to_its_end)
{
    rules r;
    r.can_cancel = false;
    for (const int crash : {0, 2, 3}) {
        scenario sc;
        sc.crash_every = crash;
        sc.ended_at = 15min;
        BOOST_TEST(live(r, sc).end == outcome::ended_by_provider);
        sc.ended_at = -1ms;
        sc.code_at = 12min;
        const life late = live(r, sc);
        BOOST_TEST(late.end == outcome::code);
        BOOST_TEST(late.last.code_late);
        sc.code_at = -1ms;
        const life never = live(r, sc);
        BOOST_TEST(never.end == outcome::expired);
        BOOST_TEST(never.alarms == 1);
        BOOST_TEST(never.cancels == 0);
    }
}

/// Empty if the life ended as it must.
std::string wrong_with(const life& l, const rules& r, const scenario& sc)
{
    const bool refund_visible_missing = r.refund_verifiable && !sc.refunds;
    if (l.end == outcome::open)
        return "not driven to an end";
    if (!l.poll_before_each_cancel || !l.poll_after_each_cancel)
        return "a cancel without a poll before and after it";
    if (l.provider == life::code && l.end != outcome::code)
        return "a code that the provider shows was lost";
    if (l.provider == life::cancelled &&
        l.end != (refund_visible_missing ? outcome::refund_missing : outcome::refunded))
        return "wrong end of a number that was given back";
    const bool at_risk = l.end == outcome::refund_missing || l.end == outcome::expired;
    if (l.alarms > 1 || (at_risk && l.alarms != 1))
        return std::to_string(l.alarms) + " alarms";
    return {};
}

// Every mixture of arrival, cancel answers, a person's cancel, a missing refund and crashes that lose what was
// answered.
BOOST_AUTO_TEST_CASE(in_every_interleaving_the_number_is_driven_to_the_end_that_the_provider_shows)
{
    using enum event;
    const std::vector<std::vector<event>> answers{{},
                                                  {cancel_refused},
                                                  {cancel_failed},
                                                  {cancel_refused, cancel_failed, cancel_refused},
                                                  std::vector<event>(60, cancel_refused)};
    std::size_t tried = 0;
    const auto one = [&](const rules& r, const scenario& sc) {
        const life l = live(r, sc);
        const std::string wrong = wrong_with(l, r, sc);
        ++tried;
        if (!wrong.empty())
            BOOST_ERROR(wrong << ": code " << sc.code_at.count() << " cancels " << sc.cancels.size() << " person "
                              << sc.person_at.count() << " ended " << sc.ended_at.count() << " crash " << sc.crash_every
                              << " verifiable " << r.refund_verifiable << " refunds " << sc.refunds << " end "
                              << l.end);
    };
    for (const age code_at : {-1ms, 0ms, 239'900ms, 240'000ms, 240'300ms, 700'000ms})
        for (const auto& cancels : answers)
            for (const age person_at : {-1ms, 0ms, 239'000ms, 242'000ms})
                for (const age ended_at : {-1ms, 100'000ms, 240'200ms})
                    for (const int crash : {0, 2, 3})
                        for (const int bits : {0, 1, 2, 3, 4, 5, 6, 7}) {
                            rules r;
                            r.refund_verifiable = (bits & 1) != 0;
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

BOOST_AUTO_TEST_SUITE_END()
