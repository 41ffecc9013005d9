// Parameters that a job declares for its runs, and what their values may be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::job {

/// One declared parameter.
struct parameter {
    /// "string" is `text` in a job file.
    enum class type { text, integer, url, phone };
    std::string name{};
    type value_type = type::text;
    bool required = false;
    std::optional<std::string> default_value{};
    std::optional<std::int64_t> least{}, most{}; ///< integer: value; text: letters
};

/// What is wrong with a value, in words that follow the parameter's name; nullopt if it fits. The value itself is not
/// repeated: it may be a phone number.
std::optional<std::string> mismatch_of(const parameter& p, std::string_view value);

} // namespace ulak::job
