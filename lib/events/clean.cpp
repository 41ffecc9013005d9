#include "events/clean.hpp"

#include "core/text.hpp"
#include "events/redact.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace ulak::events {
namespace {

namespace json = boost::json;

constexpr std::size_t most_bytes_per_byte = 4; ///< a broken byte becomes \xff

void clean_text(std::string& text)
{
    if (!is_valid_utf8(text))
        text = printable(text, text.size() * most_bytes_per_byte);
    if (process_redactor().holds_secret(text))
        text = process_redactor().clean(text);
}

void clean_value(json::value& v);

void clean_object(json::object& o)
{
    bool secret_key = false;
    for (auto& field : o) {
        clean_value(field.value());
        secret_key = secret_key || process_redactor().holds_secret(field.key());
    }
    if (!secret_key)
        return;
    json::object renamed(o.storage());
    for (auto& field : o)
        renamed[process_redactor().clean(field.key())] = std::move(field.value());
    o = std::move(renamed);
}

void clean_scalar(json::value& v)
{
    auto text = v.is_string() ? std::string(v.get_string()) : json::serialize(v);
    if (v.is_string() && !is_valid_utf8(text)) {
        text = printable(text, text.size() * most_bytes_per_byte);
        v = text;
    }
    if (process_redactor().holds_secret(text))
        v = process_redactor().clean(text);
}

void clean_value(json::value& v)
{
    if (v.is_object())
        return clean_object(v.get_object());
    if (v.is_array()) {
        for (auto& inner : v.get_array())
            clean_value(inner);
        return;
    }
    clean_scalar(v);
}

} // namespace

event cleaned(event e)
{
    for (auto* text : {&e.message, &e.job, &e.run, &e.kind, &e.account, &e.provider, &e.item})
        clean_text(*text);
    clean_object(e.data);
    return e;
}

} // namespace ulak::events
