#include "job/detail/parameter_keys.hpp"

#include "core/text.hpp"
#include "yaml/codes.hpp"

#include <algorithm>
#include <cctype>

namespace ulak::job {
namespace {

namespace codes = yaml::codes;

parameter::type type_of(const std::string& word)
{
    if (word == "integer")
        return parameter::type::integer;
    if (word == "url")
        return parameter::type::url;
    return word == "phone" ? parameter::type::phone : parameter::type::text;
}

/// A name that templates can use.
bool is_identifier(std::string_view name)
{
    auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::ranges::all_of(name, fits);
}

/// Limits that exclude each other, or that the type does not have.
void check_limits(const yaml::reader& keys, const parameter& p, yaml::problems& found)
{
    auto limited = p.value_type == parameter::type::text || p.value_type == parameter::type::integer;
    auto report = [&](std::string_view key, std::string text, std::string hint) {
        found.push_back(keys.problem_at(key, std::string(codes::parameter_limits), std::move(text), std::move(hint)));
    };
    if (!limited && (p.least || p.most))
        return report(p.least ? "min" : "max", "only a string or an integer has limits", "leave them out");
    if (p.least && p.most && *p.least > *p.most)
        return report("max", "`max` is below `min`", "exchange them");
    if (p.value_type == parameter::type::text && p.least.value_or(0) < 0)
        report("min", "a string cannot have fewer than 0 letters", "leave it out");
    if (p.value_type == parameter::type::text && p.most.value_or(0) < 0)
        report("max", "a string cannot have fewer than 0 letters", "leave it out");
}

/// A default that the parameter itself would refuse, or that is never used.
void check_default(const yaml::reader& keys, const parameter& p, yaml::problems& found)
{
    if (!p.default_value)
        return;
    if (auto bad = mismatch_of(p, *p.default_value))
        found.push_back(keys.problem_at("default", std::string(codes::parameter_default), "the default " + *bad));
    if (!p.required)
        return;
    auto idle =
        keys.problem_at("default", std::string(codes::idle_key), "the default of a required parameter is never used",
                        "leave out `required` or `default`");
    idle.level = yaml::severity::warning;
    found.push_back(std::move(idle));
}

parameter read_parameter(const std::string& name, const yaml::reader& keys)
{
    parameter p;
    p.name = name;
    p.value_type = type_of(keys.text("type"));
    p.required = keys.boolean("required");
    if (keys.has_valid("default"))
        p.default_value = keys.text("default");
    if (keys.has_valid("min"))
        p.least = keys.integer("min");
    if (keys.has_valid("max"))
        p.most = keys.integer("max");
    return p;
}

} // namespace

std::vector<parameter> read_parameters(const yaml::reader& root, yaml::problems& found)
{
    std::vector<parameter> all;
    for (const auto& [name, keys] : root.entries("params")) {
        auto p = read_parameter(name, keys);
        if (!is_identifier(name))
            found.push_back(keys.problem_at_place(keys.place_of_record(), std::string(codes::parameter_name),
                                                  "`" + printable(name, 60) + "` cannot be a parameter's name",
                                                  "use letters from a to z, digits and `_`"));
        check_limits(keys, p, found);
        check_default(keys, p, found);
        all.push_back(std::move(p));
    }
    return all;
}

} // namespace ulak::job
