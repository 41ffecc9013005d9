// What the machine's clocks say at one moment, and how far two such moments contradict each other. Pure.
#pragma once

#include "async/clock.hpp"
#include "core/wall_time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::engine {

struct clock_reading {
    wall_point wall{};
    std::chrono::milliseconds since_boot{0};
    std::string boot_id{};
};

clock_reading read_clocks(const async::clock& time);

/// "WALL BOOT ID", milliseconds, as the store keeps it.
std::string text_of(const clock_reading& r);
std::optional<clock_reading> clock_reading_from(std::string_view text);

/// By how much the wall time went on more than the time that passed; negative: less, or back. In another boot at least
/// the time since its start has passed, and the machine may have been off before: then what is positive is no proof.
std::chrono::milliseconds wall_drift(const clock_reading& before, const clock_reading& now);

bool same_boot(const clock_reading& a, const clock_reading& b);

} // namespace ulak::engine
