#include "providers/detail/spoken_refusal.hpp"

#include "core/text.hpp"
#include "providers/detail/json.hpp"

#include <string_view>

namespace ulak::providers {
namespace {

/// Of `error`: a text that says something.
std::string error_text(const json_value& body)
{
    const std::string text(trim(as_text(body.find("error")).value_or("")));
    return text == "0" || text == "false" ? std::string() : text;
}

} // namespace

bool says_no(const json_value& body)
{
    const auto status = lower_ascii(as_text(body.find("status")).value_or(""));
    if (status == "error" || status == "fail" || status == "failed" || !error_text(body).empty())
        return true;
    const auto* error = body.find("error");
    const auto* errors = body.find("errors");
    return (error && error->is_object()) || (errors && errors->is_array() && !errors->items.empty());
}

std::string words_of_refusal(const json_value& body)
{
    std::string words;
    for (const std::string_view path : {"/title", "/message", "/error/message", "/errors/0", "/errors/0/message"})
        if (const auto part = as_text(body.at_pointer(path)).value_or(""); !trim(part).empty())
            append_joined(words, ": ", part);
    append_joined(words, words.empty() || error_text(body).empty() ? "" : ": ", error_text(body));
    return words;
}

} // namespace ulak::providers
