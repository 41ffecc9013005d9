#include "events/redacted.hpp"

#include "core/text.hpp"
#include "events/redactor.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace ulak::events {
namespace {

namespace json = boost::json;

constexpr std::size_t max_escaped_bytes = 4; ///< an invalid byte becomes \xff

void redact_text(std::string& text)
{
    if (!is_valid_utf8(text))
        text = printable(text, text.size() * max_escaped_bytes);
    if (process_redactor().contains_secret(text))
        text = process_redactor().redact(text);
}

void redact_value(json::value& v);

void redact_object(json::object& o)
{
    bool secret_key = false;
    for (auto& field : o) {
        redact_value(field.value());
        secret_key = secret_key || process_redactor().contains_secret(field.key());
    }
    if (!secret_key)
        return;
    json::object renamed(o.storage());
    for (auto& field : o)
        renamed[process_redactor().redact(field.key())] = std::move(field.value());
    o = std::move(renamed);
}

void redact_scalar(json::value& v)
{
    auto text = v.is_string() ? std::string(v.get_string()) : json::serialize(v);
    if (v.is_string() && !is_valid_utf8(text)) {
        text = printable(text, text.size() * max_escaped_bytes);
        v = text;
    }
    if (process_redactor().contains_secret(text))
        v = process_redactor().redact(text);
}

void redact_value(json::value& v)
{
    if (v.is_object())
        return redact_object(v.get_object());
    if (v.is_array()) {
        for (auto& inner : v.get_array())
            redact_value(inner);
        return;
    }
    redact_scalar(v);
}

} // namespace

event redacted(event e)
{
    for (auto* text : {&e.message, &e.job, &e.run, &e.kind, &e.account, &e.provider, &e.item})
        redact_text(*text);
    redact_object(e.data);
    return e;
}

} // namespace ulak::events
