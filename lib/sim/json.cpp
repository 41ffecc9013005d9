#include "sim/json.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace ulak::sim::json {
namespace {

template<class Members>
value object_of(const Members& members)
{
    value out = "{";
    for (const auto& [name, v] : members) {
        if (out.size() > 1)
            out += ',';
        out += text(name);
        out += ':';
        out += v;
    }
    return out + '}';
}

} // namespace

value text(std::string_view plain)
{
    return boost::json::serialize(boost::json::string_view(plain.data(), plain.size()));
}

value number(std::int64_t n)
{
    return std::to_string(n);
}

value numeral(std::int64_t n, bool quoted)
{
    return quoted ? '"' + std::to_string(n) + '"' : std::to_string(n);
}

value truth(bool b)
{
    return b ? "true" : "false";
}

value object(const std::vector<member>& members)
{
    return object_of(members);
}

value object(std::initializer_list<member> members)
{
    return object_of(members);
}

value array(const std::vector<value>& elements)
{
    value out = "[";
    for (const auto& element : elements) {
        if (out.size() > 1)
            out += ',';
        out += element;
    }
    return out + ']';
}

value texts(const std::vector<std::string>& plain)
{
    std::vector<value> quoted;
    quoted.reserve(plain.size());
    for (const auto& t : plain)
        quoted.push_back(text(t));
    return array(quoted);
}

} // namespace ulak::sim::json
