#include "engine/detail/parsed_notice.hpp"

#include "core/json_text.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace ulak::engine {

parsed_notice::parsed_notice(ledger::notice_record n) : notice(std::move(n))
{
    auto read = parse_json(notice.body);
    if (read && read->is_object())
        body = std::move(read->get_object());
}

std::string parsed_notice::field(std::string_view name) const
{
    const auto* value = body.if_contains(name);
    if (!value)
        if (const auto* data = body.if_contains("data"); data && data->is_object())
            value = data->get_object().if_contains(name);
    if (!value || value->is_null())
        return {};
    return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

} // namespace ulak::engine
