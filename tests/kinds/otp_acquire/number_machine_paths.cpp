// All paths through the life of a number up to a depth: whatever the provider does and answers, whenever the code
// comes, a person cancels or the process dies. otp_machine.cpp follows chosen ones to their ends.
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

/// A few seconds' worth under the sanitizers.
constexpr std::size_t most_moments = 15'000;

enum class at_provider { waiting, code, refunded, unrefunded };

/// A moment: what the machine wants, what is in the store, and what is true at the provider.
struct moment {
    transition now_what{state(), action::sleep};
    state stored{};
    at_provider truth = at_provider::waiting;
    age now{0};
    bool looked = false;   ///< the last call was a look
    bool unlooked = false; ///< a cancel was asked, and no look was tried since
    bool told = false, unknown_refund = false;
    int person = 1, crashes = 1, alarms = 0, steps = 0;

    auto key() const
    {
        const state &s = now_what.next_state, &d = stored;
        return std::make_tuple(now_what.next_action, s.at, s.ended_as, s.cancels, s.cancels_confirmed,
                               s.unreadable_polls, s.cancel_requested, s.alarm_raised, s.refund_seen, s.wake_at,
                               s.verifying_since, truth, now, looked, unlooked, person, crashes,
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

    void complain(const moment& m, const std::string& what)
    {
        if (++wrong <= 5)
            BOOST_ERROR(what << " at " << m.now.count() << " ms, stage " << m.now_what.next_state.at << ", truth "
                             << static_cast<int>(m.truth) << ", fate " << m.now_what.next_state.ended_as << ", step "
                             << m.steps);
    }

    /// As the run writes it down: not every turn.
    void keep(moment& m, const state& before)
    {
        const state& next = m.now_what.next_state;
        const bool same =
            before.at == next.at || next.at == stage::poll_after_cancel || next.at == stage::poll_before_cancel;
        if (!same || m.now_what.alarm || m.now_what.next_action == action::finish)
            m.stored = state_from(to_json(next)).value();
        m.alarms += m.now_what.alarm ? 1 : 0;
    }

    void go(moment m, event h)
    {
        const state before = m.now_what.next_state;
        m.now_what = step(r, before, h, m.now);
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
        m.looked = false;
        const state before = m.stored;
        m.now_what = step(r, before, event::resumed, m.now);
        keep(m, before);
        ++m.steps;
        push(std::move(m));
    }

    void push(moment m)
    {
        if (seen.insert(m.key()).second)
            open.push_back(std::move(m));
    }

    void look(const moment& m)
    {
        std::vector<at_provider> truths{m.truth};
        if (m.truth == at_provider::waiting)
            truths = {at_provider::waiting, at_provider::code, at_provider::refunded, at_provider::unrefunded};
        for (const at_provider truth : truths) {
            moment n = m;
            n.truth = truth;
            n.looked = true;
            n.unlooked = false;
            n.told = n.told || truth == at_provider::code;
            go(n, truth == at_provider::waiting ? event::poll_waiting
                  : truth == at_provider::code  ? event::poll_code
                                                : event::poll_ended);
            n.told = m.told;
            if (truth == at_provider::code)
                go(n, event::poll_unreadable);
            go(n, event::poll_failed);
            die(n, 0s);
        }
    }

    void cancel(const moment& m)
    {
        if (!m.looked)
            complain(m, "a cancel without a look right before it");
        if (m.unlooked)
            complain(m, "a cancel though nobody looked after the last one");
        if (!r.can_cancel)
            complain(m, "a cancel where none is possible");
        if (m.now < r.not_before)
            complain(m, "a cancel too early");
        moment n = m;
        n.looked = false;
        n.unlooked = true;
        const auto answers = [&](at_provider truth, bool yes) {
            n.truth = truth;
            if (yes)
                go(n, event::cancel_confirmed);
            else
                go(n, event::cancel_refused);
            go(n, event::cancel_failed);
            die(n, 0s);
        };
        if (m.truth == at_provider::waiting) {
            answers(at_provider::refunded, true);
            answers(at_provider::unrefunded, true);
            answers(at_provider::waiting, false);
            answers(at_provider::code, false); // the SMS was faster
            answers(at_provider::code, true);  // and the provider says yes all the same
        } else {
            answers(m.truth, m.truth != at_provider::code);
        }
    }

    void balance(moment m)
    {
        go(m, m.truth == at_provider::refunded ? event::refund_seen : event::refund_absent);
        m.unknown_refund = true;
        go(m, event::refund_unknown);
        die(m, 0s);
    }

    void sleep(moment m)
    {
        if (m.now_what.next_state.wake_at <= m.now)
            return complain(m, "a sleep that is over already");
        if (m.person > 0) {
            moment n = m;
            n.person = 0;
            go(n, event::cancel_requested);
        }
        die(m, 0s);
        die(m, 26min);
        m.now = m.now_what.next_state.wake_at;
        go(std::move(m), event::woke);
    }

    void finish(const moment& m)
    {
        ++paths;
        const state& s = m.now_what.next_state;
        ends.insert(s.ended_as);
        const bool at_risk = s.ended_as == outcome::expired || s.ended_as == outcome::refund_missing ||
                             s.ended_as == outcome::code_unreadable;
        if (s.at != stage::done || s.ended_as == outcome::open)
            complain(m, "finished without an end");
        if (m.told != (s.ended_as == outcome::code))
            complain(m, "a code that was shown was lost, or one that was not is told");
        if (m.truth == at_provider::code && s.ended_as != outcome::code && !at_risk)
            complain(m, "a code that is there was left behind in silence");
        if (m.truth == at_provider::waiting && !at_risk)
            complain(m, "a number that is still open was left behind in silence");
        if (at_risk && !s.alarm_raised)
            complain(m, "money at risk, and nobody was told");
        if (m.alarms > 1)
            complain(m, "told twice");
        if (s.ended_as == outcome::refund_missing && (!r.refund_verifiable || m.truth == at_provider::refunded))
            complain(m, "a refund is missed that cannot be, or is there");
        if (r.refund_verifiable && s.ended_as == outcome::refunded && !s.refund_seen && !m.unknown_refund)
            complain(m, "a refund was not looked for");
        if (r.refund_verifiable && m.truth == at_provider::unrefunded && s.ended_as == outcome::refunded &&
            s.refund_seen)
            complain(m, "a refund was seen that is not there");
        for (int h = 0; h <= static_cast<int>(event::refund_unknown); ++h) {
            const transition after = step(r, s, static_cast<event>(h), m.now + 1h);
            if (!(after.next_state == s) || after.next_action != action::finish || after.alarm)
                complain(m, "an end that does not stay");
        }
    }

    void run()
    {
        moment first;
        first.now_what = step(r, state(), event::resumed, 0s);
        push(first);
        while (!open.empty() && wrong < 5 && seen.size() < most_moments) {
            moment m = std::move(open.front());
            open.pop_front();
            if (m.now > 2h || m.steps > 500) {
                complain(m, "a number that is not driven to its end");
                continue;
            }
            switch (m.now_what.next_action) {
            case action::poll: look(m); break;
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
    rules r; // looks at the full minutes, so that few moments differ
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
        BOOST_TEST(w.seen.size() >= most_moments);
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
