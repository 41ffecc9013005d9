// All paths through the life of a number up to a depth: whatever the provider does and answers, whenever the code
// arrives, a person cancels or the process dies. number_machine.cpp follows chosen ones to their ends.
#include "kinds/otp_acquire/number_machine.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>
#include <set>
#include <string>
#include <tuple>
#include <vector>

BOOST_AUTO_TEST_SUITE(number_machine_paths_)

namespace {

using namespace ulak;
using namespace ulak::kinds::otp;
using namespace std::chrono_literals;

/// Takes a few seconds under the sanitizers.
constexpr std::size_t max_moments = 15'000;

enum class provider_state { waiting, code, refunded, unrefunded };

/// What the machine asks for, what is in the store, and what is true at the provider.
struct moment {
    transition pending{state(), action::sleep};
    state stored{};
    provider_state truth = provider_state::waiting;
    age now{0};
    bool polled = false;            ///< the last call was a poll
    bool unverified_cancel = false; ///< no poll was tried since the last cancel
    bool code_shown = false, unknown_refund = false;
    int person = 1, crashes = 1, alarms = 0, steps = 0;

    auto key() const
    {
        const state &s = pending.next_state, &d = stored;
        return std::make_tuple(pending.next_action, s.at, s.ended_as, s.cancels, s.cancels_confirmed,
                               s.unreadable_polls, s.cancel_requested, s.alarm_raised, s.refund_seen, s.wake_at,
                               s.verifying_since, truth, now, polled, unverified_cancel, person, crashes,
                               std::make_tuple(d.at, d.cancels, d.cancels_confirmed, d.unreadable_polls,
                                               d.cancel_requested, d.alarm_raised, d.wake_at, d.verifying_since, alarms,
                                               unknown_refund));
    }
};

struct walk {
    explicit walk(rules r_) : r(r_) {}

    rules r;
    std::deque<moment> open{}; ///< the shortest paths first
    std::set<decltype(moment().key())> seen{};
    std::set<outcome> ends{};
    int wrong = 0;
    std::size_t paths = 0;

    void report(const moment& m, const std::string& what)
    {
        if (++wrong <= 5)
            BOOST_ERROR(what << " at " << m.now.count() << " ms, stage " << m.pending.next_state.at << ", truth "
                             << static_cast<int>(m.truth) << ", fate " << m.pending.next_state.ended_as << ", step "
                             << m.steps);
    }

    /// Stores what the driver stores.
    void keep(moment& m, const state& before)
    {
        const state& next = m.pending.next_state;
        if (must_be_stored(before.at, m.pending))
            m.stored = state_from(to_json(next)).value();
        m.alarms += m.pending.alarm ? 1 : 0;
    }

    void go(moment m, event h)
    {
        const state before = m.pending.next_state;
        m.pending = step(r, before, h, m.now);
        keep(m, before);
        ++m.steps;
        push(std::move(m));
    }

    /// The process dies after the provider did what it did, and comes back later.
    void die(moment m, age later)
    {
        if (m.crashes == 0)
            return;
        --m.crashes;
        m.now += later;
        m.polled = false;
        const state before = m.stored;
        m.pending = step(r, before, event::resumed, m.now);
        keep(m, before);
        ++m.steps;
        push(std::move(m));
    }

    void push(moment m)
    {
        if (seen.insert(m.key()).second)
            open.push_back(std::move(m));
    }

    void poll(const moment& m)
    {
        std::vector<provider_state> truths{m.truth};
        if (m.truth == provider_state::waiting)
            truths = {provider_state::waiting, provider_state::code, provider_state::refunded,
                      provider_state::unrefunded};
        for (const provider_state truth : truths) {
            moment n = m;
            n.truth = truth;
            n.polled = true;
            n.unverified_cancel = false;
            n.code_shown = n.code_shown || truth == provider_state::code;
            go(n, truth == provider_state::waiting ? event::poll_waiting
                  : truth == provider_state::code  ? event::poll_code
                                                   : event::poll_ended);
            n.code_shown = m.code_shown;
            if (truth == provider_state::code)
                go(n, event::poll_unreadable);
            go(n, event::poll_failed);
            die(n, 0s);
        }
    }

    void cancel(const moment& m)
    {
        if (!m.polled)
            report(m, "a cancel without a poll right before it");
        if (m.unverified_cancel)
            report(m, "a cancel without a poll after the last one");
        if (!r.can_cancel)
            report(m, "a cancel where none is possible");
        if (m.now < r.not_before)
            report(m, "a cancel too early");
        moment n = m;
        n.polled = false;
        n.unverified_cancel = true;
        const auto answers = [&](provider_state truth, bool yes) {
            n.truth = truth;
            if (yes)
                go(n, event::cancel_confirmed);
            else
                go(n, event::cancel_refused);
            go(n, event::cancel_failed);
            die(n, 0s);
        };
        if (m.truth == provider_state::waiting) {
            answers(provider_state::refunded, true);
            answers(provider_state::unrefunded, true);
            answers(provider_state::waiting, false);
            answers(provider_state::code, false); // the SMS was faster
            answers(provider_state::code, true);  // and the provider says yes all the same
        } else {
            answers(m.truth, m.truth != provider_state::code);
        }
    }

    void balance(moment m)
    {
        go(m, m.truth == provider_state::refunded ? event::refund_seen : event::refund_absent);
        m.unknown_refund = true;
        go(m, event::refund_unknown);
        die(m, 0s);
    }

    void sleep(moment m)
    {
        if (m.pending.next_state.wake_at <= m.now)
            return report(m, "a sleep that is over already");
        if (m.person > 0) {
            moment n = m;
            n.person = 0;
            go(n, event::cancel_requested);
        }
        die(m, 0s);
        die(m, 26min);
        m.now = m.pending.next_state.wake_at;
        go(std::move(m), event::woke);
    }

    void finish(const moment& m)
    {
        ++paths;
        const state& s = m.pending.next_state;
        ends.insert(s.ended_as);
        const bool at_risk = s.ended_as == outcome::expired || s.ended_as == outcome::refund_missing ||
                             s.ended_as == outcome::code_unreadable;
        if (s.at != stage::done || s.ended_as == outcome::open)
            report(m, "finished without an end");
        if (m.code_shown != (s.ended_as == outcome::code))
            report(m, "a code that was shown was lost, or one that was not is delivered");
        if (m.truth == provider_state::code && s.ended_as != outcome::code && !at_risk)
            report(m, "a code that is there was left behind without an alarm");
        if (m.truth == provider_state::waiting && !at_risk)
            report(m, "a number that is still open was left behind without an alarm");
        if (at_risk && !s.alarm_raised)
            report(m, "money at risk without an alarm");
        if (m.alarms > 1)
            report(m, "two alarms");
        if (s.ended_as == outcome::refund_missing && (!r.refund_verifiable || m.truth == provider_state::refunded))
            report(m, "a refund is missed that cannot be, or is there");
        if (r.refund_verifiable && s.ended_as == outcome::refunded && !s.refund_seen && !m.unknown_refund)
            report(m, "a refund was not verified");
        if (r.refund_verifiable && m.truth == provider_state::unrefunded && s.ended_as == outcome::refunded &&
            s.refund_seen)
            report(m, "a refund was seen that is not there");
        for (int h = 0; h <= static_cast<int>(event::refund_unknown); ++h) {
            const transition after = step(r, s, static_cast<event>(h), m.now + 1h);
            if (!(after.next_state == s) || after.next_action != action::finish || after.alarm)
                report(m, "an end that does not stay");
        }
    }

    void run()
    {
        moment first;
        first.pending = step(r, state(), event::resumed, 0s);
        push(first);
        while (!open.empty() && wrong < 5 && seen.size() < max_moments) {
            moment m = std::move(open.front());
            open.pop_front();
            if (m.now > 2h || m.steps > 500) {
                report(m, "a number that is not driven to its end");
                continue;
            }
            switch (m.pending.next_action) {
            case action::poll: poll(m); break;
            case action::cancel: cancel(m); break;
            case action::read_balance: balance(std::move(m)); break;
            case action::sleep: sleep(std::move(m)); break;
            case action::finish: finish(m); break;
            }
        }
    }
};

rules coarse()
{
    rules r; // polls at the full minutes, so that few moments differ
    r.code_wait = 2min;
    r.poll_first = r.poll_max = 1min;
    return r;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_end_of_a_number_is_true_or_told)
{
    for (const bool verifiable : {false, true}) {
        rules r = coarse();
        r.refund_verifiable = verifiable;
        walk w(r);
        w.run();
        BOOST_TEST(w.wrong == 0);
        BOOST_TEST(w.seen.size() >= max_moments);
        BOOST_TEST(w.paths > 100u);
        BOOST_TEST(w.ends.contains(outcome::code));
        BOOST_TEST(w.ends.contains(outcome::refunded));
        if (!verifiable)
            BOOST_TEST(!w.ends.contains(outcome::refund_missing));
    }
}

BOOST_AUTO_TEST_CASE(a_number_that_cannot_be_given_back_is_never_cancelled)
{
    rules r = coarse();
    r.can_cancel = false;
    walk w(r);
    w.run();
    BOOST_TEST(w.wrong == 0);
    BOOST_TEST(w.ends.contains(outcome::ended_by_provider));
}

BOOST_AUTO_TEST_CASE(a_provider_that_takes_no_early_cancel_is_not_asked_for_one)
{
    rules r = coarse();
    r.not_before = 3min;
    walk w(r);
    w.run();
    BOOST_TEST(w.wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
