// Status lines and the errors that a server says on its own. Private to this room.
#pragma once

#include "http/server.hpp"

#include <string>
#include <string_view>

namespace ulak::http {

std::string_view reason_phrase(int status) noexcept;

/// application/problem+json with type, title, status, detail and code.
reply problem(int status, std::string_view detail);

/// How the end of an answer's body is known.
enum class framing { length, chunked, until_close };

/// Status line and headers. Header fields that cannot stand on the wire: errc::invalid_argument.
result<std::string> write_head(const reply& r, framing how, std::size_t length, bool keep_alive);

} // namespace ulak::http
