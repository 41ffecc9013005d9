// The machine's names, and its state as the run's progress keeps it.
#include "kinds/number_machine.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <optional>

namespace ulak::kinds::otp {
namespace {

constexpr std::array<std::string_view, 8> stage_names{"waiting",  "last_look", "cancelling", "after_cancel",
                                                 "retrying", "watching",  "verifying",  "done"};
constexpr std::array<std::string_view, 7> outcome_names{"open",           "code",    "returned",  "ended",
                                                "refund_missing", "expired", "unreadable"};
constexpr std::array<std::string_view, 14> event_names{
    "resumed",       "tick",        "cancel_asked",    "poll_waiting",  "poll_code",
    "poll_ended",    "poll_failed", "poll_unreadable", "cancel_ok",     "cancel_refused",
    "cancel_failed", "refund_seen", "refund_absent",   "refund_unknown"};
constexpr std::array<std::string_view, 5> action_names{"poll", "cancel", "read_balance", "sleep", "finish"};

template<class E, std::size_t N>
std::optional<E> parse(const std::array<std::string_view, N>& names, const boost::json::value* v)
{
    if (v && v->is_string())
        for (std::size_t i = 0; i < N; ++i)
            if (names[i] == std::string_view(v->get_string()))
                return static_cast<E>(i);
    return std::nullopt;
}

std::int64_t number(const boost::json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    return v && v->is_int64() ? v->get_int64() : 0;
}

bool flag(const boost::json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    return v && v->is_bool() && v->get_bool();
}

} // namespace

std::string_view name(stage s) noexcept
{
    return stage_names[static_cast<std::size_t>(s)];
}
std::string_view name(outcome f) noexcept
{
    return outcome_names[static_cast<std::size_t>(f)];
}
std::string_view name(event h) noexcept
{
    return event_names[static_cast<std::size_t>(h)];
}

std::ostream& operator<<(std::ostream& out, stage s)
{
    return out << name(s);
}
std::ostream& operator<<(std::ostream& out, outcome f)
{
    return out << name(f);
}
std::ostream& operator<<(std::ostream& out, action a)
{
    return out << action_names[static_cast<std::size_t>(a)];
}

boost::json::object to_json(const state& s)
{
    boost::json::object o;
    o["stage"] = name(s.at);
    o["fate"] = name(s.ended_as);
    o["polls"] = s.polls;
    o["cancels"] = s.cancels;
    o["confirmations"] = s.cancels_confirmed;
    o["unreadable"] = s.unreadable_polls;
    o["by_person"] = s.cancel_requested;
    o["alarmed"] = s.alarm_raised;
    o["late"] = s.code_late;
    o["seen"] = s.refund_seen;
    o["wake"] = s.wake_at.count();
    o["verifying_since"] = s.verifying_since.count();
    return o;
}

result<state> state_from(const boost::json::object& o)
{
    const auto at = parse<stage>(stage_names, o.if_contains("stage"));
    const auto end = parse<outcome>(outcome_names, o.if_contains("fate"));
    if (!at || !end)
        return error(errc::contract, "the progress of a number cannot be read");
    state s;
    s.at = *at;
    s.ended_as = *end;
    s.polls = static_cast<int>(number(o, "polls"));
    s.cancels = static_cast<int>(number(o, "cancels"));
    s.cancels_confirmed = static_cast<int>(number(o, "confirmations"));
    s.unreadable_polls = static_cast<int>(number(o, "unreadable"));
    s.cancel_requested = flag(o, "by_person");
    s.alarm_raised = flag(o, "alarmed");
    s.code_late = flag(o, "late");
    s.refund_seen = flag(o, "seen");
    s.wake_at = age(number(o, "wake"));
    s.verifying_since = age(number(o, "verifying_since"));
    return s;
}

} // namespace ulak::kinds::otp
