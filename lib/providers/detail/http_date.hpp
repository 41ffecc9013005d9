// Reads the date of HTTP headers.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace ulak::providers {

/// "Sun, 06 Nov 1994 08:49:37 GMT", the one form that servers still write (RFC 9110 5.6.7); empty for all others.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

} // namespace ulak::providers
