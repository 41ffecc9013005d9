#include "sim/detail/form_reader.hpp"

#include "core/text.hpp"
#include "http/form.hpp"
#include "sim/detail/strict.hpp"

#include <algorithm>

namespace ulak::sim::strict {
namespace {

http::header_list read_urlencoded(call& c)
{
    const auto& body = c.request.body;
    if (!std::all_of(body.begin(), body.end(), is_plain_byte))
        c.add_mistake("the form body holds bytes that must be percent-encoded");
    auto decoded = http::form_decode(body);
    if (decoded)
        return std::move(*decoded);
    c.add_mistake("the form body holds a broken percent escape");
    return {};
}

/// The value of `name="…"` in a part's Content-Disposition.
std::optional<std::string> part_name(std::string_view head)
{
    auto lower = lower_ascii(head);
    auto at = lower.find("; name=\"");
    if (!lower.starts_with("content-disposition: form-data") || at == std::string::npos)
        return std::nullopt;
    auto name = head.substr(at + 8);
    return std::string(name.substr(0, name.find('"')));
}

http::header_list broken_multipart(call& c, std::string_view why)
{
    c.add_mistake("the multipart body is broken: " + std::string(why));
    return {};
}

http::header_list read_multipart(call& c, std::string_view boundary)
{
    http::header_list out;
    auto mark = "--" + std::string(boundary);
    std::string_view rest = c.request.body;
    if (!rest.starts_with(mark))
        return broken_multipart(c, "it does not begin with its boundary");
    rest.remove_prefix(mark.size());
    while (rest.starts_with("\r\n")) {
        auto blank = rest.find("\r\n\r\n");
        auto end = rest.find("\r\n" + mark, blank == std::string_view::npos ? 0 : blank + 2);
        if (blank == std::string_view::npos || end == std::string_view::npos)
            return broken_multipart(c, "a part does not end");
        auto name = part_name(rest.substr(2, blank - 2));
        if (!name)
            return broken_multipart(c, "a part has no name");
        auto value = end < blank + 4 ? std::string_view() : rest.substr(blank + 4, end - blank - 4);
        out.emplace_back(std::move(*name), std::string(value));
        rest.remove_prefix(end + 2 + mark.size());
    }
    if (!rest.starts_with("--"))
        return broken_multipart(c, "the last boundary is missing");
    return out;
}

std::string_view boundary_of(std::string_view type)
{
    auto at = type.find("boundary=");
    if (at == std::string_view::npos)
        return {};
    auto value = type.substr(at + 9);
    value = value.substr(0, value.find(';'));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
    return value;
}

http::header_list read_pairs(call& c)
{
    auto type = c.request.header("Content-Type");
    auto bare = lower_ascii(trim(type.substr(0, type.find(';'))));
    if (bare == "application/x-www-form-urlencoded")
        return read_urlencoded(c);
    if (bare == "multipart/form-data")
        return read_multipart(c, boundary_of(type));
    c.add_mistake("the Content-Type " + (type.empty() ? "is missing" : '"' + printable(type, 60) + "\" is no form's") +
                  "; parameters are form fields");
    return {};
}

} // namespace

fields read_form(call& c)
{
    auto pairs = read_pairs(c);
    for (const auto& [name, value] : pairs)
        if (!is_valid_utf8(value))
            c.add_mistake("the parameter \"" + printable(name, 40) + "\" is not valid UTF-8");
    return fields(std::move(pairs));
}

} // namespace ulak::sim::strict
