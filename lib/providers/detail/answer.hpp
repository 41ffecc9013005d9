// What the readers of all protocols share: from a complete HTTP answer to its JSON, or to the error that it is.
#pragma once

#include "http/message.hpp"
#include "providers/detail/json.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::providers {

/// A provider's words in a form that may be shown: secrets removed, control characters made visible.
std::string displayable(std::string_view words, std::size_t limit = 200);

/// "Retry-After" in seconds, or as a date if the answer has its own Date to compare with; clamped to 1 s … 1 h.
std::optional<std::chrono::seconds> read_retry_after(const http::response& r);

/// A page of HTML by its first sign, or a redirect to one: what captive portals, login forms and broken sites answer.
/// Its Content-Type tells nothing: PHP sends JSON as text/html where nobody says otherwise.
bool is_web_page(const http::response& r);

/// A guard before the site wants to see a browser, as Cloudflare does: a passing trouble that says nothing of the
/// login or the call.
bool is_challenge(const http::response& r);

/// An error that came with an answer. `words`: the provider's message (may be empty) or ours.
error answered_error(errc code, const http::response& r, std::string_view provider, std::string_view words,
                     std::string provider_code = {});

/// The error of an answer that has no documented form: by its status where that is clear, else errc::contract.
error undocumented_error(const http::response& r, std::string_view provider, std::string_view missing);

/// The error of an answer to a purchase that names `id`, the provider's word for what was bought, and yet is no sound
/// success: errc::ambiguous. Without an id it proves nothing either way: errc::contract.
error unsound_purchase_error(const http::response& r, std::string_view provider, const std::optional<std::string>& id);

/// The body as JSON, whatever its Content-Type; PHP's warnings before it are passed over, and a bare word such as
/// NO_NUMBERS is {"error": word}. With `mend_codes`, numbers with a leading zero (which JSON forbids, but one-time
/// codes have) become texts. Errors: errc::rate_limited: any 429. as undocumented_error: web pages, redirects, and what
/// is not JSON.
result<json_value> read_json(const http::response& r, std::string_view provider, bool mend_codes = false);

/// 401 and 403 auth, 402 balance, 404 not_found, 400 413 414 415 422 validation, 429 rate_limited, 408 425 and 5xx
/// transient; empty for every other status.
std::optional<errc> errc_of_status(int status) noexcept;

} // namespace ulak::providers
