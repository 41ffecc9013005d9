// Headers of replies as bytes.
#pragma once

#include "http/server.hpp"

#include <string>

namespace ulak::http {

/// How the peer knows the end of a reply's body.
enum class framing { length, chunked, until_close };

/// Status line and headers, up to the empty line. `length`: bytes of the body, for framing::length.
/// - errc::invalid_argument: a status outside 200 to 599, or a header that would split the reply
result<std::string> write_head(const reply& r, framing how, std::size_t length, bool keep_alive);

} // namespace ulak::http
