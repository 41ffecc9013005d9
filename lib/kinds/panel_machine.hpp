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

struct rules {
    age poll_first{std::chrono::seconds(30)}, poll_max{std::chrono::minutes(15)};
    age stalled_after{std::chrono::hours(24)};
    age give_up_after{std::chrono::hours(24 * 7)};
};

enum class fate { open, completed, partial, canceled, failed, gave_up };
enum class act { look, sleep, finish };

struct state {
    fate end = fate::open;
    std::string word{}; ///< the panel's own
    std::optional<std::int64_t> remains{};
    int looks = 0; ///< since something changed
    bool stalled = false;
    age changed{0}, wake{0};

    friend bool operator==(const state&, const state&) = default;
};

struct turn {
    state next;
    act what;
    bool changed = false; ///< the panel said something new
    bool stalled = false; ///< nothing moved for long: tell once until something moves again
};

/// A look that gave nothing (the panel failed, or said nothing of the order) is `nullptr`.
turn after_look(const rules& r, state s, const providers::panel_status* seen, age now);
/// When the sleep is over, or was cut short.
turn after_sleep(state s, age now);

std::string_view name(fate f) noexcept;
std::ostream& operator<<(std::ostream& out, fate f);
std::ostream& operator<<(std::ostream& out, act a);

boost::json::object to_json(const state& s);
state state_from(const boost::json::object& o);

} // namespace ulak::kinds::smm
