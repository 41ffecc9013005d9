#include "yaml/problem_json.hpp"

#include <boost/json/value.hpp>

namespace ulak::yaml {
namespace {

std::string text_in(const boost::json::object& said, std::string_view key)
{
    const auto* v = said.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

std::size_t number_in(const boost::json::object& said, std::string_view key)
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
    p.at = {text_in(said, "file"), number_in(said, "line"), number_in(said, "column")};
    p.how = text_in(said, "severity") == "warning" ? severity::warning : severity::error;
    p.code = text_in(said, "code");
    p.text = text_in(said, "text");
    p.hint = text_in(said, "hint");
    p.source = text_in(said, "source");
    return p;
}

} // namespace ulak::yaml
