// What somebody meant who wrote a time zone that does not exist.
#pragma once

#include <string>
#include <string_view>

namespace ulak {

/// "did you mean Europe/Istanbul (UTC+03:00)?", for a slip, another case, a city alone, an abbreviation, an offset. A zone
/// whose clock shows another time than what was written is never named; where nothing is near, how zones are written.
std::string zone_hint(std::string_view written);

} // namespace ulak
