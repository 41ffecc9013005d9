#include "control/detail/view_parts.hpp"

#include "core/json_text.hpp"
#include "core/phone.hpp"

namespace ulak::control {

namespace json = boost::json;

json::value text_or_null(const std::string& text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value money_or_null(const money& m)
{
    return m.unit.empty() ? json::value(nullptr) : json::value(json_of(m));
}

/// Words of providers and files may hold somebody's number: no id of ours or theirs is so long a row of digits.
std::string masked_text(const std::string& text, bool masked)
{
    return masked ? mask_long_numbers(text) : text;
}

} // namespace ulak::control
