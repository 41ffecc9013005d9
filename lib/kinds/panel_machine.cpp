#include "kinds/panel_machine.hpp"

#include "kinds/json_fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ulak::kinds::smm {
namespace {

constexpr std::array<std::string_view, 6> fates{"open", "completed", "partial", "canceled", "failed", "gave_up"};

fate fate_of(providers::panel_status::order_state s)
{
    using enum providers::panel_status::order_state;
    switch (s) {
    case completed: return fate::completed;
    case partial: return fate::partial;
    case canceled: return fate::canceled;
    case failed: return fate::failed;
    default: return fate::open;
    }
}

age pause(const rules& r, int looks)
{
    const double grown = static_cast<double>(r.poll_first.count()) * std::pow(1.5, std::clamp(looks - 1, 0, 40));
    return std::min(r.poll_max, age(static_cast<age::rep>(grown)));
}

} // namespace

turn after_look(const rules& r, state s, const providers::panel_status* seen, age now)
{
    turn t{s, act::sleep};
    if (seen != nullptr) {
        t.changed = seen->provider_status != s.word || (seen->remains && seen->remains != s.remains);
        t.next.word = seen->provider_status;
        if (seen->remains)
            t.next.remains = seen->remains;
        t.next.end = fate_of(seen->state);
    }
    if (t.changed) {
        t.next.changed = now;
        t.next.looks = 0;
        t.next.stalled = false;
    }
    if (t.next.end == fate::open && now >= r.give_up_after)
        t.next.end = fate::gave_up;
    if (t.next.end != fate::open) {
        t.what = act::finish;
        return t;
    }
    t.stalled = !t.next.stalled && now - t.next.changed >= r.stalled_after;
    t.next.stalled = t.next.stalled || t.stalled;
    ++t.next.looks;
    t.next.wake = std::min(now + pause(r, t.next.looks), std::max(now, r.give_up_after));
    return t;
}

turn after_sleep(state s, age now)
{
    if (s.end != fate::open)
        return {s, act::finish};
    return {s, now < s.wake ? act::sleep : act::look};
}

std::string_view name(fate f) noexcept
{
    return fates[static_cast<std::size_t>(f)];
}
std::ostream& operator<<(std::ostream& out, fate f)
{
    return out << name(f);
}
std::ostream& operator<<(std::ostream& out, act a)
{
    constexpr std::array<std::string_view, 3> acts{"look", "sleep", "finish"};
    return out << acts[static_cast<std::size_t>(a)];
}

boost::json::object to_json(const state& s)
{
    boost::json::object o;
    o["fate"] = name(s.end);
    o["word"] = s.word;
    if (s.remains)
        o["remains"] = *s.remains;
    o["stalled"] = s.stalled;
    o["changed"] = s.changed.count();
    return o;
}

state state_from(const boost::json::object& o)
{
    state s;
    const std::string end = text_field(o, "fate");
    for (std::size_t i = 0; i < fates.size(); ++i)
        if (fates[i] == end)
            s.end = static_cast<fate>(i);
    s.word = text_field(o, "word");
    if (o.contains("remains"))
        s.remains = integer_field(o, "remains");
    s.stalled = flag_field(o, "stalled");
    s.changed = age(integer_field(o, "changed"));
    return s;
}

} // namespace ulak::kinds::smm
