// The limits of a service's quantity, as panels write them.
#pragma once

#include "providers/detail/json_value.hpp"

#include <cstdint>
#include <optional>

namespace ulak::providers::smmonayim_panel::wire {

/// A whole number as JSON has it, or as text: "10000", "10,000", "1.000.000", "1 000" (points, commas and blanks group
/// by three digits; what they would mean otherwise, 1.5 of something, nobody can order). A value without a number:
/// there is no limit, for JSON null, an absent one, "", "∞" and "unlimited". nullopt: it cannot be read.
std::optional<std::optional<std::int64_t>> limit_of(const json_value* v);

} // namespace ulak::providers::smmonayim_panel::wire
