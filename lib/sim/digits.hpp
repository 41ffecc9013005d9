// Numbers and durations as texts, the way ids and fault parameters come.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ulak::sim {

/// One digit or more and nothing else.
bool is_digits(std::string_view text);

/// A whole number without a sign; nullopt for anything else, also for one that is too large.
std::optional<std::uint64_t> parse_id(std::string_view digits);

/// A duration as fault parameters write it: "2s", "10m", or bare milliseconds.
std::optional<std::chrono::milliseconds> parse_delay(std::string_view text);

} // namespace ulak::sim
