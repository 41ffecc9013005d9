// One of the five fields of a cron expression, as a set of numbers.
#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ulak::job {

/// What one field allows.
struct cron_field_rule {
    std::string_view name;                   ///< "minute"
    int least, most;                         ///< what may be written
    std::span<const std::string_view> names; ///< for `least`, `least` + 1 …; may be empty
    bool sunday_is_seven = false;
};

/// A parsed field.
struct cron_field {
    std::uint64_t set = 0;
    bool star = false;                ///< begins with `*`
    std::optional<int> odd_step = {}; ///< of `*/n`, if n does not divide the field's length
};

/// Minute, hour, day, month, weekday.
std::span<const cron_field_rule> cron_rules() noexcept;

/// Lists, ranges and steps of numbers or names. errc::invalid_argument with the field's name, the bad part and what is
/// allowed, often with what to write instead.
result<cron_field> parse_cron_field(std::string_view text, const cron_field_rule& rule);

} // namespace ulak::job
