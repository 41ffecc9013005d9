// Upper and lower case, by Turkish rules and in ASCII alone.
#pragma once

#include <string>
#include <string_view>

namespace ulak {

/// By Turkish rules (i → İ, ı → I); other letters outside ASCII as far as Latin-1 and Latin Extended-A go. What has no
/// other case, and bytes that are not UTF-8, stay as they are.
std::string turkish_upper(std::string_view utf8);
std::string turkish_lower(std::string_view utf8);

/// Changes A to Z alone, for words of protocols and settings.
std::string lower_ascii(std::string_view text);
/// Changes a to z alone.
std::string upper_ascii(std::string_view text);

} // namespace ulak
