// Scalars by the type that the table asks for; the look of the text decides nothing.
#pragma once

#include "core/error.hpp"
#include "yaml/node.hpp"
#include "yaml/reader.hpp"
#include "yaml/shape.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::yaml {

/// What is wrong with a value, in words that follow the key's name.
struct mismatch {
    std::string_view code;
    std::string text;
    std::string hint;
};

/// Decimal digits with a sign; a leading zero is refused, because other readers of YAML take it for octal.
std::optional<std::int64_t> read_integer(std::string_view text) noexcept;
/// "true" or "false".
std::optional<bool> read_boolean(std::string_view text) noexcept;
/// "20 requests/s", above zero and up to a million a second. Units: requests, segments, recipients; s, min, h.
std::optional<rate_value> read_rate(std::string_view text);

/// A scalar against its shape, limits included; nullopt if it fits.
std::optional<mismatch> check_scalar(const shape& expected, std::string_view text);
/// The form {secret|file|env: NAME}; scalars are literals and always fit.
std::optional<mismatch> check_secret(const node& value);

/// "an integer", "a list" …
std::string_view describe(type what) noexcept;

} // namespace ulak::yaml
