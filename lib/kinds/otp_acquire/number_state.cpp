#include "kinds/otp_acquire/number_state.hpp"

#include "kinds/json_fields.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <optional>

namespace ulak::kinds::otp {
namespace {

// Part of the stored progress: in the order of the enumerators, and never renamed.
constexpr std::array<std::string_view, 8> stage_names{"waiting",  "last_look", "cancelling", "after_cancel",
                                                      "retrying", "watching",  "verifying",  "done"};
constexpr std::array<std::string_view, 7> outcome_names{"open",           "code",    "returned",  "ended",
                                                        "refund_missing", "expired", "unreadable"};

/// The enumerator of this name. Nothing if `value` is no string or an unknown one.
template<class T, std::size_t N>
std::optional<T> parse(const std::array<std::string_view, N>& names, const boost::json::value* value)
{
    if (value && value->is_string())
        for (std::size_t i = 0; i < N; ++i)
            if (names[i] == std::string_view(value->get_string()))
                return static_cast<T>(i);
    return std::nullopt;
}

int count_field(const boost::json::object& o, std::string_view key)
{
    return static_cast<int>(integer_field(o, key));
}

} // namespace

std::string_view name(stage s) noexcept
{
    return stage_names[static_cast<std::size_t>(s)];
}

std::string_view name(outcome o) noexcept
{
    return outcome_names[static_cast<std::size_t>(o)];
}

std::ostream& operator<<(std::ostream& out, stage s)
{
    return out << name(s);
}

std::ostream& operator<<(std::ostream& out, outcome o)
{
    return out << name(o);
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
    const auto ended_as = parse<outcome>(outcome_names, o.if_contains("fate"));
    if (!at || !ended_as)
        return error(errc::contract, "the progress of a number cannot be read");
    state s;
    s.at = *at;
    s.ended_as = *ended_as;
    s.polls = count_field(o, "polls");
    s.cancels = count_field(o, "cancels");
    s.cancels_confirmed = count_field(o, "confirmations");
    s.unreadable_polls = count_field(o, "unreadable");
    s.cancel_requested = bool_field(o, "by_person");
    s.alarm_raised = bool_field(o, "alarmed");
    s.code_late = bool_field(o, "late");
    s.refund_seen = bool_field(o, "seen");
    s.wake_at = age(integer_field(o, "wake"));
    s.verifying_since = age(integer_field(o, "verifying_since"));
    return s;
}

} // namespace ulak::kinds::otp
