// The envelope of every answer of iletimerkezi: {"response": {"status": {"code": …, "message": …}, …}}.
#pragma once

#include "http/message.hpp"
#include "providers/detail/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ulak::providers::iletimerkezi::wire {

/// The error of a code, with what an operator can do about it.
error refusal_error(const http::response& r, std::int64_t code, std::string_view message);

/// The part below "response", with its code. A code may be a text; without one, the HTTP status stands in.
struct envelope {
    json_value response{};
    std::int64_t code = 0;
    std::string message{};
};
result<envelope> open_envelope(const http::response& r);
/// The part below "response" if all is fine, else its refusal.
result<json_value> open_successful(const http::response& r);

} // namespace ulak::providers::iletimerkezi::wire
