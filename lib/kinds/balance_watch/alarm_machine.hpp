// When a balance is worth an alarm: hysteresis, confirmation, reminders. Pure.
//
//   condition  | reading                                   | next       | notification
//   -----------|-------------------------------------------|------------|-------------
//   ok         | beyond a limit, `confirm` times in a row  | firing     | firing
//   firing     | back within clear_above and the limits    | ok         | cleared
//   firing     | still beyond, `remind` after the last one | firing     | reminder
//   any        | none for unreadable_for                   | unreadable | unreadable
//   unreadable | sound again                               | ok         | cleared
//   unreadable | sound again, and it was firing            | firing     | none
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

/// One reading of an account. No amount: it could not be read.
struct reading {
    std::optional<decimal> amount{};
    std::optional<std::chrono::milliseconds>
        runway{}; ///< until it is empty, at the pace of the last week; absent: not known
};

enum class condition { ok, firing, unreadable };
enum class moment { none, firing, reminder, cleared, unreadable };

/// The state of one account's alarm. It is kept in the store and lives across runs.
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

/// One reading at that wall time.
transition step(const alarm_limits& l, alarm a, const reading& r, wall_point at);

std::string_view name(condition c) noexcept;
std::string_view name(moment m) noexcept;
std::ostream& operator<<(std::ostream& out, condition c);
std::ostream& operator<<(std::ostream& out, moment m);

std::string to_text(const alarm& a);      ///< JSON, for the store
alarm parse_alarm(std::string_view text); ///< a text that cannot be read gives a fresh alarm

} // namespace ulak::kinds::balance
