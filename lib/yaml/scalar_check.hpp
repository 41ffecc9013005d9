// Single values against the table of keys: what is wrong with them, in words that say what to write.
#pragma once

#include "yaml/node.hpp"
#include "yaml/shape.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ulak::yaml {

/// What is wrong with a value, in words that follow the key's name ("must be from 1 to 9, not 10").
struct mismatch {
    std::string_view code;
    std::string text;
    std::string hint;
};

/// A scalar against its shape, limits included; nullopt if it fits.
std::optional<mismatch> check_scalar(const shape& expected, std::string_view text);

/// The form {secret|file|env: NAME}; scalars are literals and always fit.
std::optional<mismatch> check_secret(const node& value);

} // namespace ulak::yaml
