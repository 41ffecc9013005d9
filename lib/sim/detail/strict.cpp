#include "sim/detail/strict.hpp"

#include "core/text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::sim::strict {

bool is_plain_byte(char raw)
{
    constexpr std::string_view reserved = "\"<>\\^`{|}";
    const auto byte = static_cast<unsigned char>(raw);
    return byte > 0x20 && byte < 0x7f && reserved.find(raw) == std::string_view::npos;
}

void check_target(call& c)
{
    for (char raw : c.request.raw_target) {
        if (is_plain_byte(raw))
            continue;
        c.add_mistake("the request line holds the byte 0x" + hex(std::string_view(&raw, 1)) +
                      ", which must be percent-encoded");
        return;
    }
}

void check_no_body(call& c)
{
    if (!c.request.body.empty())
        c.add_mistake("a body was sent to " + std::string(c.operation_name()) + ", for which the document names none");
}

void check_no_query(call& c)
{
    if (!c.query.empty())
        c.add_mistake("a query was sent to " + std::string(c.operation_name()) + ", for which the document names none");
}

bool check_header(call& c, std::string_view header, std::string_view wanted)
{
    auto value = c.request.header(header);
    auto bare = lower_ascii(trim(value.substr(0, value.find(';'))));
    if (bare == wanted)
        return true;
    c.add_mistake("the header " + std::string(header) + " is " +
                  (value.empty() ? "missing" : '"' + printable(value, 60) + '"') + "; the document wants \"" +
                  std::string(wanted) + '"');
    return false;
}

std::optional<boost::json::object> read_json(call& c)
{
    check_header(c, "Content-Type", "application/json");
    if (!is_valid_utf8(c.request.body))
        c.add_mistake("the body is not valid UTF-8");
    boost::system::error_code failed;
    auto v = boost::json::parse(c.request.body, failed);
    if (!failed && v.is_object())
        return std::move(v.as_object());
    c.add_mistake(failed ? "the body is not JSON: " + failed.message() : "the body is JSON but no object");
    return std::nullopt;
}

void allow_only_keys(call& c, const boost::json::object& o, std::string_view where,
                     std::initializer_list<std::string_view> known)
{
    for (const auto& member : o) {
        std::string_view key(member.key());
        if (std::find(known.begin(), known.end(), key) == known.end())
            c.add_mistake("the document has no key \"" + printable(key, 40) + "\" in " + std::string(where));
    }
}

std::optional<std::string> text_of(call& c, const boost::json::object& o, std::string_view key)
{
    auto* v = o.if_contains(key);
    if (!v || v->is_null())
        return std::nullopt;
    if (v->is_string())
        return std::string(v->as_string());
    c.add_mistake("\"" + std::string(key) + "\" is a JSON " + std::string(boost::json::to_string(v->kind())) +
                  " where the document shows a string");
    return boost::json::serialize(*v);
}

} // namespace ulak::sim::strict
