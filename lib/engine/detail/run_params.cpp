#include "engine/detail/run_params.hpp"

#include "core/json_text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace ulak::engine {

namespace json = boost::json;

namespace {

std::optional<std::int64_t> parse_integer(const std::string& text)
{
    std::int64_t value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

bool is_integer(const std::vector<job::parameter>& declared, const std::string& name)
{
    return std::ranges::any_of(declared, [&](const job::parameter& p) {
        return p.name == name && p.value_type == job::parameter::type::integer;
    });
}

} // namespace

std::string params_json(const std::vector<job::parameter>& declared, const std::map<std::string, std::string>& bound)
{
    json::object all;
    for (const auto& [name, value] : bound) {
        const auto number = is_integer(declared, name) ? parse_integer(value) : std::nullopt;
        all[name] = number ? json::value(*number) : json::value(value);
    }
    return json::serialize(all);
}

std::map<std::string, std::string> bound_params(const std::string& text)
{
    std::map<std::string, std::string> bound;
    const auto read = parse_json(text);
    if (!read || !read->is_object())
        return bound;
    for (const auto& [name, value] : read->get_object())
        bound[std::string(name)] = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    return bound;
}

} // namespace ulak::engine
