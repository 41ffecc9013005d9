// iletimerkezi's own codes (docs/status-codes.mdx).
#pragma once

#include "http/message.hpp"
#include "providers/detail/json.hpp"

#include <cstdint>

namespace ulak::providers::iletimerkezi::wire {

inline constexpr std::int64_t status_ok = 200;
// of an order
inline constexpr std::int64_t order_finished = 114, order_failed = 115;
// of a message
inline constexpr std::int64_t message_delivered = 111, message_undelivered = 112;
// refusals that are not failures
inline constexpr std::int64_t not_found_or_too_late = 455, not_due_yet = 456;

/// What a code other than `fine` means. Unknown ones: errc::contract.
errc errc_of_code(std::int64_t code) noexcept;

/// The error for a code, with what a person can do about it.
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
