#include "control/detail/view_parts.hpp"

#include "core/json_text.hpp"

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

} // namespace ulak::control
