#include "job/bind_parameters.hpp"

#include "core/phone.hpp"
#include "core/text.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace ulak::job {
namespace {

/// nullopt for values that no parameter can have: fractions, truth values, lists.
std::optional<std::string> to_text(const boost::json::value& value)
{
    if (auto text = value.if_string())
        return std::string(*text);
    if (auto number = value.if_int64())
        return std::to_string(*number);
    if (auto number = value.if_uint64())
        return std::to_string(*number);
    return std::nullopt;
}

/// Phone numbers in their ten digits, other values as they are.
std::string normalized(const parameter& p, std::string value)
{
    if (p.value_type != parameter::type::phone)
        return value;
    auto number = phone::parse(value);
    return number ? number->digits() : value;
}

using messages = std::vector<std::string>;

/// Puts the value of one parameter into `values`, or what is wrong into `wrong`.
void bind_parameter(const parameter& p, const boost::json::value* given, std::map<std::string, std::string>& values,
                    messages& wrong)
{
    auto missing = given == nullptr || given->is_null();
    if (missing && !p.required && !p.default_value)
        return;
    if (missing && p.required)
        return wrong.push_back("`" + p.name + "` is required");
    auto value = missing ? p.default_value : to_text(*given);
    auto bad = value ? mismatch_of(p, *value) : "must be a text or a whole number";
    if (bad)
        return wrong.push_back("`" + p.name + "` " + *bad);
    values.emplace(p.name, normalized(p, std::move(*value)));
}

void report_unknown(const std::vector<parameter>& declared, const boost::json::object& given, messages& wrong)
{
    messages names;
    std::ranges::transform(declared, std::back_inserter(names), &parameter::name);
    for (const auto& member : given) {
        auto name = std::string(member.key());
        if (std::ranges::find(names, name) != names.end())
            continue;
        auto near = nearest(name, names);
        wrong.push_back("there is no parameter `" + printable(name, 60) + "`" +
                        (near ? ", did you mean `" + *near + "`?" : ""));
    }
}

} // namespace

result<std::map<std::string, std::string>> bind_parameters(const std::vector<parameter>& declared,
                                                           const boost::json::object& given)
{
    std::map<std::string, std::string> values;
    messages wrong;
    for (const auto& p : declared)
        bind_parameter(p, given.if_contains(p.name), values, wrong);
    report_unknown(declared, given, wrong);
    if (wrong.empty())
        return values;
    return error(errc::invalid_argument, join(wrong, "; "));
}

} // namespace ulak::job
