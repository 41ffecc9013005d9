// When a balance is worth telling about: hysteresis, confirmation, reminders. Pure.
#pragma once

#include "core/money.hpp"
#include "core/wall_time.hpp"

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace ulak::kinds::balance {

struct alarm_limits {
    std::optional<decimal> below{}, clear_above{}, above{};
    std::optional<std::chrono::milliseconds> runway_below{};
    int confirm = 1;                                   ///< readings in a row that are out of bounds
    std::optional<std::chrono::milliseconds> remind{}; ///< while it fires; absent: never
    std::chrono::milliseconds unreadable_for{0};
};

/// What one look at the account gave. No amount: it could not be read.
struct reading {
    std::optional<decimal> amount{};
    std::optional<std::chrono::milliseconds> runway{}; ///< until it is empty, at the pace of late; absent: not known
};

enum class condition { ok, firing, unreadable };
enum class moment { none, firing, reminder, cleared, unreadable };

/// Lives across runs.
struct alarm {
    condition condition_now = condition::ok;
    bool firing = false;      ///< also while it is unreadable
    int out_of_bounds = 0;    ///< readings in a row
    wall_point notified_at{}; ///< of the last firing or reminder
    std::optional<wall_point> unreadable_since{};
    std::string why{}; ///< "below", "above", "runway"

    friend bool operator==(const alarm&, const alarm&) = default;
};

struct transition {
    alarm next_alarm;
    moment notification = moment::none;
};

transition step(const alarm_limits& l, alarm a, const reading& r, wall_point at);

std::string_view name(condition c) noexcept;
std::string_view name(moment m) noexcept;
std::ostream& operator<<(std::ostream& out, condition c);
std::ostream& operator<<(std::ostream& out, moment m);

std::string to_text(const alarm& a);      ///< JSON, for the store
alarm parse_alarm(std::string_view text); ///< what cannot be read is a fresh one

} // namespace ulak::kinds::balance
