// Follows a panel's order: polls, notices when nothing moves, gives up in time. Pure; time is the order's age.
//
//   what happens                                  | outcome           | next
//   ----------------------------------------------|-------------------|---------------------------------------------
//   the panel says completed, partial, canceled,  | that one          | finish
//     failed                                      |                   |
//   the order is as old as give_up_after          | gave_up           | finish
//   the status text or the remains changed        | open              | sleep for the first interval
//   nothing changed                               | open              | sleep; the interval grows by half, up to a
//                                                 |                   |   maximum
//   nothing changed for stalled_after             | open              | the same, and newly_stalled once
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

/// What is kept between polls. All but `polls` and `wake_at` survives a restart.
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
    bool new_word = false;      ///< the status text is another one
    bool newly_stalled = false; ///< nothing moved for long: reported once until something moves again
};

/// After a poll. `seen` is nullptr when it failed or the panel did not mention the order.
transition after_poll(const follow_rules& r, state s, const providers::panel_status* seen, age now);
/// After a sleep, which may have been cut short: poll only when it is time.
transition after_sleep(state s, age now);

std::string_view name(outcome f) noexcept;
std::ostream& operator<<(std::ostream& out, outcome f);
std::ostream& operator<<(std::ostream& out, action a);

/// The keys never change: runs outlive the daemon.
boost::json::object to_json(const state& s);
state state_from(const boost::json::object& o);

} // namespace ulak::kinds::smm
