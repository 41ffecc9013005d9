// Following a panel's order to its end: look, notice when nothing moves, give up in time. Pure; time is the order's
// age.
#pragma once

#include "core/error.hpp"
#include "providers/capability.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace ulak::kinds::smm {

using age = std::chrono::milliseconds; ///< since the order was placed

struct follow_rules {
    age poll_first{std::chrono::seconds(30)}, poll_max{std::chrono::minutes(15)};
    age stalled_after{std::chrono::hours(24)};
    age give_up_after{std::chrono::hours(24 * 7)};
};

enum class outcome { open, completed, partial, canceled, failed, gave_up };
enum class action { poll, sleep, finish };

struct state {
    outcome ended_as = outcome::open;
    std::string status_text{}; ///< the panel's own
    std::optional<std::int64_t> remains{};
    int polls = 0; ///< since something changed
    bool stalled = false;
    age changed_at{0}, wake_at{0};

    friend bool operator==(const state&, const state&) = default;
};

struct transition {
    state next_state;
    action next_action;
    bool changed = false;       ///< the panel said something new
    bool newly_stalled = false; ///< nothing moved for long: tell once until something moves again
};

/// A look that gave nothing (the panel failed, or said nothing of the order) is `nullptr`.
transition after_poll(const follow_rules& r, state s, const providers::panel_status* seen, age now);
/// When the sleep is over, or was cut short.
transition after_sleep(state s, age now);

std::string_view name(outcome f) noexcept;
std::ostream& operator<<(std::ostream& out, outcome f);
std::ostream& operator<<(std::ostream& out, action a);

boost::json::object to_json(const state& s);
state state_from(const boost::json::object& o);

} // namespace ulak::kinds::smm
