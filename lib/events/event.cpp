#include "events/event.hpp"

#include "core/utf8.hpp"
#include "events/detail/fields.hpp"

#include <boost/json/serialize.hpp>

#include <array>

namespace ulak::events {

std::string_view name(level l) noexcept
{
    static constexpr std::array<std::string_view, 5> names = {"debug", "info", "notice", "warning", "error"};
    return names[static_cast<std::size_t>(l)];
}

boost::json::object to_json(const event& e)
{
    boost::json::object out;
    if (e.seq != 0)
        out["seq"] = e.seq;
    out["time"] = rfc3339(e.time);
    out["level"] = name(e.severity);
    out["event"] = e.name;
    out["message"] = e.message;
    for (const auto& [key, text] : standard_fields(e))
        if (!text.empty())
            out[key] = text;
    for (const auto& field : e.data)
        if (!is_reserved(field.key()))
            out.emplace(field.key(), field.value());
    return out;
}

std::string to_json_line(const event& e)
{
    return to_valid_utf8(boost::json::serialize(to_json(e))) + '\n';
}

} // namespace ulak::events
