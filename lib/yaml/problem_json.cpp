#include "yaml/problem_json.hpp"

#include <boost/json/value.hpp>

namespace ulak::yaml {
namespace {

std::string string_field(const boost::json::object& said, std::string_view key)
{
    const auto* v = said.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

std::size_t number_field(const boost::json::object& said, std::string_view key)
{
    const auto* v = said.if_contains(key);
    boost::json::error_code wrong;
    const auto n = v && v->is_number() ? v->to_number<std::size_t>(wrong) : 0;
    return wrong ? 0 : n;
}

} // namespace

boost::json::object to_json_with_line(const problem& p)
{
    auto said = to_json(p);
    said["source"] = p.source;
    return said;
}

problem from_json(const boost::json::object& said)
{
    problem p;
    p.at = {string_field(said, "file"), number_field(said, "line"), number_field(said, "column")};
    p.level = string_field(said, "severity") == "warning" ? severity::warning : severity::error;
    p.code = string_field(said, "code");
    p.text = string_field(said, "text");
    p.hint = string_field(said, "hint");
    p.source = string_field(said, "source");
    return p;
}

} // namespace ulak::yaml
