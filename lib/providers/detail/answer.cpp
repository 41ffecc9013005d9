#include "providers/detail/answer.hpp"

#include "core/text.hpp"
#include "events/redactor.hpp"
#include "providers/detail/http_date.hpp"
#include "providers/detail/json_parse.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::providers {
namespace {

using std::chrono::seconds;

constexpr seconds min_retry_after(1), max_retry_after(3600);

// Ignores the case of letters and allocates nothing: every answer is checked.
bool starts_with_ignoring_case(std::string_view text, std::string_view lower_start)
{
    const auto same = [](char start, char c) { return (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) == start; };
    return std::equal(lower_start.begin(), lower_start.end(), text.begin(),
                      text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), lower_start.size())), same);
}

std::optional<std::int64_t> requested_delay(const http::response& r)
{
    const auto text = trim(r.header("Retry-After"));
    std::int64_t value = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && end == text.data() + text.size() && bad == std::errc::result_out_of_range)
        return text.front() == '-' ? 0 : max_retry_after.count();
    if (!text.empty() && end == text.data() + text.size() && bad == std::errc())
        return value;
    const auto until = parse_http_date(text);
    const auto now = parse_http_date(trim(r.header("Date")));
    if (!until || !now)
        return std::nullopt;
    return std::chrono::duration_cast<seconds>(*until - *now).count();
}

// Quotes bare numbers such as 012345: JSON forbids them, and only the digits matter.
std::string quote_zero_prefixed_numbers(std::string_view body)
{
    std::string out;
    bool in_text = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (in_text && c == '\\' && i + 1 < body.size()) {
            out.append(body.substr(i++, 2));
            continue;
        }
        if (c == '"')
            in_text = !in_text;
        const bool starts =
            !in_text && c == '0' && i > 0 && std::string_view(": \t\r\n,[").find(body[i - 1]) != std::string_view::npos;
        const auto end = starts ? std::min(body.find_first_not_of("0123456789", i), body.size()) : i;
        if (end <= i + 1) {
            out.push_back(c);
            continue;
        }
        out.append("\"").append(body.substr(i, end - i)).append("\"");
        i = end - 1;
    }
    return out;
}

result<json_value> parse_tolerantly(std::string_view body, bool mend_codes)
{
    auto parsed = parse_provider_json(body);
    if (parsed || !mend_codes)
        return parsed;
    return parse_provider_json(quote_zero_prefixed_numbers(body));
}

} // namespace

std::string displayable(std::string_view words, std::size_t limit)
{
    return printable(events::process_redactor().redact(words), limit);
}

std::optional<seconds> read_retry_after(const http::response& r)
{
    const auto wanted = requested_delay(r);
    if (!wanted)
        return std::nullopt;
    return seconds(std::clamp<std::int64_t>(*wanted, min_retry_after.count(), max_retry_after.count()));
}

bool is_web_page(const http::response& r)
{
    const auto type = r.header("Content-Type");
    return starts_with_ignoring_case(type, "text/html") || starts_with_ignoring_case(type, "application/xhtml") ||
           trim(r.body).starts_with('<') || (r.status >= 300 && r.status < 400);
}

error answered_error(errc code, const http::response& r, std::string_view provider, std::string_view words,
                     std::string provider_code)
{
    std::string message(provider);
    message += ": " + (words.empty() ? std::string("refused without a reason") : displayable(words));
    if (r.status != 200)
        message += " (HTTP " + std::to_string(r.status) + ")";
    error e(code, std::move(message), reach::answered);
    e.http_status = r.status;
    e.provider_code = displayable(provider_code, 40);
    e.retry_after = code == errc::rate_limited || code == errc::transient ? read_retry_after(r) : std::nullopt;
    return e;
}

std::optional<errc> errc_of_status(int status) noexcept
{
    switch (status) {
    case 400:
    case 413:
    case 414:
    case 415:
    case 422: return errc::validation;
    case 401:
    case 403: return errc::auth;
    case 402: return errc::balance;
    case 404: return errc::not_found;
    case 429: return errc::rate_limited;
    case 408:
    case 425: return errc::transient;
    default:
        if (status >= 500)
            return errc::transient;
        return std::nullopt;
    }
}

error undocumented_error(const http::response& r, std::string_view provider, std::string_view missing)
{
    // 402 with a body that is not documented proves nothing: a costly call must stay ambiguous.
    const auto by_status = r.status == 402 ? std::nullopt : errc_of_status(r.status);
    const bool page = is_web_page(r);
    if (by_status)
        return answered_error(*by_status, r, provider,
                              page ? "answered with a web page" : "no reason that could be read");
    if (page)
        return answered_error(errc::contract, r, provider,
                              "answered with a web page; is base_url right, and does nothing stand between?");
    return answered_error(errc::contract, r, provider, missing);
}

error unsound_purchase_error(const http::response& r, std::string_view provider, const std::optional<std::string>& id)
{
    if (!id || id->empty())
        return answered_error(errc::contract, r, provider, "the answer is neither a purchase nor a refusal");
    return answered_error(errc::ambiguous, r, provider, "the answer names " + *id + " and yet is no sound success");
}

result<json_value> read_json(const http::response& r, std::string_view provider, bool mend_codes)
{
    if (r.status == 429)
        return answered_error(errc::rate_limited, r, provider, "asked to slow down");
    if (is_web_page(r))
        return undocumented_error(r, provider, {});
    auto parsed = parse_tolerantly(r.body, mend_codes);
    if (!parsed)
        return undocumented_error(r, provider, parsed.error().message);
    return parsed;
}

} // namespace ulak::providers
