// Scalars read by the type that the table of keys asks for; the look of the text decides nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::yaml {

/// "20 requests/s": per second, with its unit ("requests", "segments", "recipients").
struct rate_value {
    double per_second = 0;
    std::string unit{};
};

/// Decimal digits with a sign; a leading zero is refused, because other readers of YAML take it for octal.
std::optional<std::int64_t> read_integer(std::string_view text) noexcept;

/// "true" or "false", nothing else.
std::optional<bool> read_boolean(std::string_view text) noexcept;

/// "20 requests/s", above zero and up to a million a second. Units: requests, segments, recipients; s, min, h.
std::optional<rate_value> read_rate(std::string_view text);

} // namespace ulak::yaml
