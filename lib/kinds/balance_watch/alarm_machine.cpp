#include "kinds/balance_watch/alarm_machine.hpp"

#include "kinds/json_fields.hpp"

#include <boost/json/serialize.hpp>

#include <array>

namespace ulak::kinds::balance {
namespace {

constexpr std::array<std::string_view, 3> condition_names{"ok", "firing", "unreadable"};
constexpr std::array<std::string_view, 5> moment_names{"", "firing", "reminder", "cleared", "unreadable"};

/// Which limit the reading passes; empty: none.
std::string crossed_limit(const alarm_limits& l, const reading& r)
{
    if (l.below && *r.amount < *l.below)
        return "below";
    if (l.above && *r.amount > *l.above)
        return "above";
    if (l.runway_below && r.runway && *r.runway < *l.runway_below)
        return "runway";
    return {};
}

/// Back far enough to be all clear.
bool is_clear(const alarm_limits& l, const reading& r)
{
    return crossed_limit(l, r).empty() && (!l.clear_above || *r.amount >= *l.clear_above);
}

transition after_unreadable(const alarm_limits& l, alarm a, wall_point at)
{
    if (!a.unreadable_since)
        a.unreadable_since = at;
    if (a.condition_now == condition::unreadable || at - *a.unreadable_since < l.unreadable_for)
        return {a, moment::none};
    a.condition_now = condition::unreadable;
    return {a, moment::unreadable};
}

transition after_reading(const alarm_limits& l, alarm a, const reading& r, wall_point at, bool was_unreadable)
{
    const std::string why = crossed_limit(l, r);
    a.out_of_bounds = why.empty() ? 0 : a.out_of_bounds + 1;
    if (a.out_of_bounds < l.confirm || why.empty())
        return {a, was_unreadable && why.empty() ? moment::cleared : moment::none};
    a.firing = true;
    a.condition_now = condition::firing;
    a.why = why;
    a.notified_at = at;
    return {a, moment::firing};
}

} // namespace

transition step(const alarm_limits& l, alarm a, const reading& r, wall_point at)
{
    if (!r.amount)
        return after_unreadable(l, a, at);
    const bool was_unreadable = a.condition_now == condition::unreadable;
    a.unreadable_since.reset();
    a.condition_now = a.firing ? condition::firing : condition::ok;
    if (!a.firing)
        return after_reading(l, a, r, at, was_unreadable);
    if (is_clear(l, r)) {
        a = alarm();
        return {a, moment::cleared};
    }
    if (!l.remind || at - a.notified_at < *l.remind)
        return {a, moment::none};
    a.notified_at = at;
    return {a, moment::reminder};
}

std::string_view name(condition c) noexcept
{
    return condition_names[static_cast<std::size_t>(c)];
}
std::string_view name(moment m) noexcept
{
    return moment_names[static_cast<std::size_t>(m)];
}
std::ostream& operator<<(std::ostream& out, condition c)
{
    return out << name(c);
}
std::ostream& operator<<(std::ostream& out, moment m)
{
    return out << (m == moment::none ? "nothing" : name(m));
}

std::string to_text(const alarm& a)
{
    boost::json::object o;
    o["state"] = name(a.condition_now);
    o["firing"] = a.firing;
    o["out_of_bounds"] = a.out_of_bounds;
    o["told_at"] = unix_ms(a.notified_at);
    if (a.unreadable_since)
        o["unreadable_since"] = unix_ms(*a.unreadable_since);
    o["why"] = a.why;
    return boost::json::serialize(o);
}

alarm parse_alarm(std::string_view text)
{
    alarm a;
    const auto o = parse_object(text);
    if (!o)
        return a;
    const std::string state = text_field(*o, "state");
    for (std::size_t i = 0; i < condition_names.size(); ++i)
        if (condition_names[i] == state)
            a.condition_now = static_cast<condition>(i);
    a.firing = bool_field(*o, "firing");
    a.out_of_bounds = static_cast<int>(integer_field(*o, "out_of_bounds"));
    a.notified_at = from_unix_ms(integer_field(*o, "told_at"));
    if (o->contains("unreadable_since"))
        a.unreadable_since = from_unix_ms(integer_field(*o, "unreadable_since"));
    a.why = text_field(*o, "why");
    return a;
}

} // namespace ulak::kinds::balance
