#include "kinds/smm_order/panel_machine.hpp"

#include "async/backoff.hpp"
#include "kinds/json_fields.hpp"

#include <algorithm>
#include <array>

namespace ulak::kinds::smm {
namespace {

/// The wait between two polls grows by this factor while nothing changes.
constexpr double poll_growth = 1.5;

constexpr std::array<std::string_view, 6> outcome_names{"open",     "completed", "partial",
                                                        "canceled", "failed",    "gave_up"};

outcome outcome_of(providers::panel_status::order_state s)
{
    using enum providers::panel_status::order_state;
    switch (s) {
    case completed: return outcome::completed;
    case partial: return outcome::partial;
    case canceled: return outcome::canceled;
    case failed: return outcome::failed;
    default: return outcome::open;
    }
}

age poll_interval(const follow_rules& r, int polls)
{
    const auto repeats = static_cast<unsigned>(std::max(polls - 1, 0));
    return async::backoff(r.poll_first, poll_growth, r.poll_max, 0).wait_before(repeats);
}

} // namespace

transition after_poll(const follow_rules& r, state s, const providers::panel_status* seen, age now)
{
    transition t{s, action::sleep};
    if (seen != nullptr) {
        t.new_word = seen->provider_status != s.status_text;
        t.changed = t.new_word || (seen->remains && seen->remains != s.remains);
        t.next_state.status_text = seen->provider_status;
        if (seen->remains)
            t.next_state.remains = seen->remains;
        t.next_state.ended_as = outcome_of(seen->state);
    }
    if (t.changed) {
        t.next_state.changed_at = now;
        t.next_state.polls = 0;
        t.next_state.stalled = false;
    }
    if (t.next_state.ended_as == outcome::open && now >= r.give_up_after)
        t.next_state.ended_as = outcome::gave_up;
    if (t.next_state.ended_as != outcome::open) {
        t.next_action = action::finish;
        return t;
    }
    t.newly_stalled = !t.next_state.stalled && now - t.next_state.changed_at >= r.stalled_after;
    t.next_state.stalled = t.next_state.stalled || t.newly_stalled;
    ++t.next_state.polls;
    t.next_state.wake_at = std::min(now + poll_interval(r, t.next_state.polls), std::max(now, r.give_up_after));
    return t;
}

transition after_sleep(state s, age now)
{
    if (s.ended_as != outcome::open)
        return {s, action::finish};
    return {s, now < s.wake_at ? action::sleep : action::poll};
}

std::string_view name(outcome f) noexcept
{
    return outcome_names[static_cast<std::size_t>(f)];
}
std::ostream& operator<<(std::ostream& out, outcome f)
{
    return out << name(f);
}
std::ostream& operator<<(std::ostream& out, action a)
{
    constexpr std::array<std::string_view, 3> acts{"look", "sleep", "finish"};
    return out << acts[static_cast<std::size_t>(a)];
}

boost::json::object to_json(const state& s)
{
    boost::json::object o;
    o["fate"] = name(s.ended_as);
    o["word"] = s.status_text;
    if (s.remains)
        o["remains"] = *s.remains;
    o["stalled"] = s.stalled;
    o["changed"] = s.changed_at.count();
    return o;
}

state state_from(const boost::json::object& o)
{
    state s;
    const std::string end = text_field(o, "fate");
    for (std::size_t i = 0; i < outcome_names.size(); ++i)
        if (outcome_names[i] == end)
            s.ended_as = static_cast<outcome>(i);
    s.status_text = text_field(o, "word");
    if (o.contains("remains"))
        s.remains = integer_field(o, "remains");
    s.stalled = bool_field(o, "stalled");
    s.changed_at = age(integer_field(o, "changed"));
    return s;
}

} // namespace ulak::kinds::smm
