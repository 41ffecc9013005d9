// The errors that a server sends on its own (RFC 9457), and the phrases of status lines.
#pragma once

#include "http/server.hpp"

#include <string_view>

namespace ulak::http {

/// "Not Found"; "Status" for a status without a known phrase.
std::string_view reason_phrase(int status) noexcept;

/// application/problem+json with type, title, status, detail and code.
reply problem(int status, std::string_view detail);

} // namespace ulak::http
