// A date and time of day as a calendar and a clock show it.
#pragma once

#include <string>
#include <string_view>

namespace ulak {

/// A civil time without a zone.
struct civil {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    int weekday = 4; ///< 0 = Sunday; filled by conversions, ignored as input
    friend bool operator==(const civil&, const civil&) = default;
};

/// strftime-like, for provider formats: only %Y %m %d %H %M %S are known, others are a mistake of ours and assert.
std::string format_civil(const civil& local, std::string_view pattern);

} // namespace ulak
