// Texts of others in a form that is safe to show.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ulak {

/// Control characters, terminal escapes and invalid UTF-8 made visible, so that a provider's text cannot act on a
/// terminal or break a log line. At most `limit` bytes, with "…" where it was cut. The result is valid UTF-8, and
/// doing it twice changes nothing.
std::string printable(std::string_view text, std::size_t limit = 512);

} // namespace ulak
