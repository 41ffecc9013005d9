// What the readers of all protocols share: from a complete HTTP answer to its JSON, or to the error that it already is.
#pragma once

#include "http/message.hpp"
#include "providers/detail/json.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::providers {

/// A provider's words in a form that may be shown: secrets out, nothing that acts on a terminal.
std::string displayable(std::string_view words, std::size_t limit = 200);

/// "Retry-After" in seconds, or as a date if the answer has its own Date to compare with; clamped to 1 s … 1 h.
std::optional<std::chrono::seconds> read_retry_after(const http::response& r);

/// An HTML page, or a redirect to one: what captive portals, login forms and broken sites answer.
bool is_web_page(const http::response& r);

/// An error that came with an answer: `who` is the provider, `words` its message (may be empty) or ours.
error answered_error(errc code, const http::response& r, std::string_view who, std::string_view words,
                     std::string provider_code = {});

/// The error of an answer that has no documented form: by its status where that says enough, else errc::contract.
error undocumented_error(const http::response& r, std::string_view who, std::string_view missing);

/// The body as JSON. Errors: rate_limited for any 429; `undocumented` for pages, redirects and what is not JSON.
/// With `mend_codes`, numbers that begin with a zero (which no JSON has, but one-time codes do) become texts.
result<json_value> read_json(const http::response& r, std::string_view who, bool mend_codes = false);

/// errc of an HTTP status in REST manner: 401 and 403 auth, 402 balance, 404 not_found, 400 and its like validation,
/// 5xx transient; nothing for what says nothing.
std::optional<errc> errc_of_status(int status) noexcept;

/// errc::balance, no_stock, duplicate, not_found, auth or rate_limited if the words of a refusal speak of it in Turkish
/// or English; else errc::validation. For providers that document no error codes.
errc errc_of_text(std::string_view words);

} // namespace ulak::providers
