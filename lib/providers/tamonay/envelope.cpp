#include "providers/tamonay/envelope.hpp"

#include "core/text.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/refusal_words.hpp"
#include "providers/tamonay/wire.hpp"

namespace ulak::providers::tamonay::wire {
namespace {

// Laravel says why in "message" and, for 422, per field in "errors".
std::string refusal_text(const json_value& body)
{
    std::string words = as_text(body.find("message")).value_or("");
    const json_value* fields = body.find("errors");
    if (!fields || !fields->is_object())
        return words;
    for (const auto& [field, why] : fields->members) {
        const json_value* first = why.is_array() && !why.items.empty() ? &why.items.front() : &why;
        append_joined(words, "; ", field + ": " + as_text(first).value_or("?"));
    }
    return words;
}

error refusal_error(const http::response& r, const json_value& body)
{
    const auto words = refusal_text(body);
    const auto by_words = errc_of_text(words);
    const auto by_status = errc_of_status(r.status);
    const bool vague = !by_status || *by_status == errc::validation;
    return answered_error(vague ? by_words : *by_status, r, provider_name, words);
}

} // namespace

result<json_value> parse_body(const http::response& r, bool mend_codes)
{
    auto body = read_json(r, provider_name, mend_codes);
    if (!body)
        return body;
    const auto success = as_bool(body->find("success"));
    if (success == false)
        return refusal_error(r, *body);
    if (r.status == 402 || !body->is_object())
        return undocumented_error(r, provider_name, "the answer has no known form");
    if (errc_of_status(r.status))
        return refusal_error(r, *body);
    if (r.status >= 300)
        return undocumented_error(r, provider_name, "the status has no meaning here");
    return body;
}

} // namespace ulak::providers::tamonay::wire
