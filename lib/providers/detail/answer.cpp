#include "providers/detail/answer.hpp"

#include "core/text.hpp"
#include "events/redactor.hpp"
#include "providers/detail/http_date.hpp"
#include "providers/detail/json_parse.hpp"
#include "providers/detail/refusal_words.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::providers {
namespace {

using std::chrono::seconds;

constexpr seconds min_retry_after(1), max_retry_after(3600);
constexpr std::size_t longest_word = 40;      ///< of a refusal that is no JSON
constexpr std::size_t longest_notice = 4'096; ///< bytes among which PHP's own words may begin

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

// PHP prints its warnings before the document when nobody has told it not to.
std::string_view without_php_notices(std::string_view body)
{
    for (const std::string_view notice :
         {"<b>Warning</b>", "<b>Notice</b>", "<b>Deprecated</b>", "Warning: ", "Notice: "})
        if (const auto at = body.find(notice); at != std::string_view::npos && at < longest_notice)
            if (const auto begin = body.find("\n{", at); begin != std::string_view::npos)
                return body.substr(begin + 1);
    return body;
}

// "NO_NUMBERS", as panels of an older family answer: the word of a refusal.
std::optional<json_value> bare_word(std::string_view body)
{
    const auto word = trim(body);
    const bool fits = !word.empty() && word.size() <= longest_word &&
                      std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
    if (!fits || errc_of_text(word) == errc::validation)
        return std::nullopt; // OK is no refusal
    json_value said, all;
    said.kind = json_value::type::string;
    said.text = word;
    all.kind = json_value::type::object;
    all.members.emplace_back("error", std::move(said));
    return all;
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
    return trim(r.body).starts_with('<') || (r.status >= 300 && r.status < 400);
}

bool is_challenge(const http::response& r)
{
    if (!r.header("cf-mitigated").empty())
        return true;
    return is_web_page(r) && (r.status == 401 || r.status == 403);
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
    const auto by_status = r.status == 402   ? std::nullopt
                           : is_challenge(r) ? std::optional(errc::transient)
                                             : errc_of_status(r.status);
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
    if (r.status >= 300 && r.status < 400)
        return undocumented_error(r, provider, {});
    auto parsed = parse_tolerantly(without_php_notices(r.body), mend_codes);
    if (parsed)
        return parsed;
    if (auto word = bare_word(r.body))
        return *std::move(word);
    return undocumented_error(r, provider, is_web_page(r) ? std::string_view() : parsed.error().message);
}

} // namespace ulak::providers
