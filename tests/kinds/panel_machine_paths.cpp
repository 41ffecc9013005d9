// Every path of an order that is followed: whatever the panel says, in whatever order, and whenever the process dies.
#include "kinds/smm_order/panel_machine.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <tuple>
#include <vector>

BOOST_AUTO_TEST_SUITE(panel_machine_paths_)

namespace {

using namespace ulak;
using namespace ulak::kinds::smm;
using namespace std::chrono_literals;
using stage = providers::panel_status::order_state;

struct word {
    stage what;
    const char* text;
    std::optional<std::int64_t> remains{};
};

const std::vector<word> words{{stage::waiting, "Pending"},         {stage::working, "In progress", 500},
                              {stage::working, "In progress", 10}, {stage::unknown, "Odd"},
                              {stage::completed, "Completed", 0},  {stage::partial, "Partial", 10},
                              {stage::canceled, "Canceled"},       {stage::failed, "Error"}};

outcome end_of(stage s)
{
    return s == stage::completed  ? outcome::completed
           : s == stage::partial  ? outcome::partial
           : s == stage::canceled ? outcome::canceled
           : s == stage::failed   ? outcome::failed
                                  : outcome::open;
}

struct moment {
    state s{};
    age now{0};
    int crashes = 2, stalls = 0;
    auto key() const
    {
        return std::make_tuple(s.ended_as, s.status_text, s.remains, s.polls, s.stalled, s.changed_at, s.wake_at, now,
                               crashes, stalls);
    }
};

struct walk {
    follow_rules r{};
    std::vector<moment> open{};
    std::set<decltype(moment().key())> seen{};
    std::set<outcome> ends{};
    int wrong = 0;

    void complain(const moment& m, const char* what)
    {
        if (++wrong <= 5)
            BOOST_ERROR(what << " at " << m.now.count() << " ms, word " << m.s.status_text << ", fate "
                             << m.s.ended_as);
    }

    void push(moment m)
    {
        if (seen.insert(m.key()).second)
            open.push_back(std::move(m));
    }

    void finish(const moment& m)
    {
        ends.insert(m.s.ended_as);
        if (m.s.ended_as == outcome::open)
            complain(m, "finished without an end");
        if (after_sleep(m.s, m.now + 1h).next_action != action::finish ||
            !(after_sleep(m.s, m.now + 1h).next_state == m.s))
            complain(m, "an end that does not stay");
    }

    void look(const moment& m, const word* said)
    {
        providers::panel_status status;
        if (said) {
            status.state = said->what;
            status.provider_status = said->text;
            status.remains = said->remains;
        }
        moment n = m;
        const transition t = after_poll(r, m.s, said ? &status : nullptr, m.now);
        n.s = t.next_state;
        n.stalls += t.newly_stalled ? 1 : 0;
        const bool last = said && end_of(said->what) != outcome::open;
        if (last && t.next_state.ended_as != end_of(said->what))
            complain(n, "the panel's last word was not taken");
        if (!said && t.next_state.ended_as != outcome::open && t.next_state.ended_as != outcome::gave_up)
            complain(n, "an end that nobody said");
        if (t.next_state.ended_as == outcome::gave_up && (m.now < r.give_up_after || last))
            complain(n, "given up too early");
        if (t.changed && t.next_state.stalled)
            complain(n, "it moves and stands still");
        if (t.newly_stalled && (m.s.stalled || m.now - m.s.changed_at < r.stalled_after))
            complain(n, "told again, or too early, that it stands still");
        if (t.next_action == action::finish)
            return finish(n);
        if (t.next_state.wake_at <= m.now)
            complain(n, "a sleep that is over already");
        push(std::move(n));
    }

    void run()
    {
        push(moment());
        while (!open.empty() && wrong < 5) {
            moment m = std::move(open.back());
            open.pop_back();
            if (m.crashes > 0) { // looks and wake are not kept; a run that is taken up looks after its first pause
                moment n = m;
                --n.crashes;
                n.s = state_from(to_json(m.s));
                n.s.wake_at = n.now + r.poll_first;
                push(std::move(n));
            }
            if (m.now > r.give_up_after + 2h) {
                complain(m, "an order that is followed for ever");
                continue;
            }
            m.now = std::max(m.now, m.s.wake_at);
            look(m, nullptr);
            for (const word& w : words)
                look(m, &w);
        }
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(on_every_path_an_order_comes_to_the_end_that_the_panel_says_or_is_given_up)
{
    walk w;
    w.r.poll_first = w.r.poll_max = 1h;
    w.r.stalled_after = 3h;
    w.r.give_up_after = 8h;
    w.run();
    BOOST_TEST(w.wrong == 0);
    BOOST_TEST(w.seen.size() > 500u);
    for (const outcome f : {outcome::completed, outcome::partial, outcome::canceled, outcome::failed, outcome::gave_up})
        BOOST_TEST(w.ends.contains(f), "no path ends as " << f);
}

BOOST_AUTO_TEST_SUITE_END()
