// The errors that a server sends on its own (RFC 9457), and the phrases of status lines.
#pragma once

#include "http/server.hpp"

#include <string_view>

namespace ulak::http {

/// "Not Found"; "Status" for a status without a known phrase.
std::string_view reason_phrase(int status) noexcept;

/// application/problem+json with type, title, status, detail and code.
reply problem(int status, std::string_view detail);
/// 503 with the code `busy` and Retry-After: every place of the listener, or of this user, is taken.
reply busy_problem();

} // namespace ulak::http
