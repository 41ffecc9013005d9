#include "job/detail/meaning.hpp"

#include "core/phone.hpp"
#include "core/text.hpp"
#include "yaml/codes.hpp"
#include "yaml/scalar.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <cctype>

namespace ulak::job {
namespace {

namespace codes = yaml::codes;

constexpr std::size_t max_letters = 10'000; // of a string without a `max`
constexpr std::size_t max_url_bytes = 2048;

parameter::type type_of(const std::string& word)
{
    if (word == "integer")
        return parameter::type::integer;
    if (word == "url")
        return parameter::type::url;
    return word == "phone" ? parameter::type::phone : parameter::type::text;
}

std::optional<std::string> out_of_range(const parameter& p, std::int64_t value, const char* unit)
{
    if (p.least && value < *p.least)
        return "must be at least " + std::to_string(*p.least) + unit;
    if (p.most && value > *p.most)
        return "must be at most " + std::to_string(*p.most) + unit;
    return std::nullopt;
}

std::optional<std::string> mismatch_of_text(const parameter& p, std::string_view value)
{
    auto letters = count_code_points(value);
    if (!is_valid_utf8(value))
        return "is not UTF-8";
    if (!p.most && letters > max_letters)
        return "must be at most " + std::to_string(max_letters) + " letters long";
    return out_of_range(p, static_cast<std::int64_t>(letters), " letters long");
}

std::optional<std::string> mismatch_of_url(std::string_view value)
{
    auto after = value.starts_with("https://") ? value.substr(8) : value.starts_with("http://") ? value.substr(7) : "";
    if (after.empty() || after.front() == '/' || after.front() == '?' || after.front() == '#')
        return "must be an address that begins with https:// or http://";
    auto odd = [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '"' || c == '<' || c == '>';
    };
    if (value.size() > max_url_bytes || std::ranges::any_of(value, odd) || !is_valid_utf8(value))
        return "is no usable address: blanks, quotes, control characters, or too long";
    return std::nullopt;
}

std::optional<std::string> mismatch_of_phone(std::string_view value)
{
    auto number = phone::parse(value);
    return number ? std::nullopt : std::optional("is no phone number: " + number.error().message);
}

bool is_identifier(std::string_view name)
{
    auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::ranges::all_of(name, fits);
}

void check_limits(const yaml::reader& keys, const parameter& p, yaml::problems& found)
{
    auto limited = p.value_type == parameter::type::text || p.value_type == parameter::type::integer;
    auto tell = [&](std::string_view key, std::string text, std::string hint) {
        found.push_back(keys.problem_at(key, std::string(codes::parameter_limits), std::move(text), std::move(hint)));
    };
    if (!limited && (p.least || p.most))
        return tell(p.least ? "min" : "max", "only a string or an integer has limits", "leave them out");
    if (p.least && p.most && *p.least > *p.most)
        return tell("max", "`max` is below `min`", "exchange them");
    if (p.value_type == parameter::type::text && p.least.value_or(0) < 0)
        tell("min", "a string cannot have fewer than 0 letters", "leave it out");
    if (p.value_type == parameter::type::text && p.most.value_or(0) < 0)
        tell("max", "a string cannot have fewer than 0 letters", "leave it out");
}

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

/// nullopt for what no parameter can be: fractions, truth values, lists.
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

std::string normalized(const parameter& p, std::string value)
{
    if (p.value_type != parameter::type::phone)
        return value;
    auto number = phone::parse(value);
    return number ? number->digits() : value;
}

using messages = std::vector<std::string>;

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

std::optional<std::string> mismatch_of(const parameter& p, std::string_view value)
{
    switch (p.value_type) {
    case parameter::type::text:
        return mismatch_of_text(p, value);
    case parameter::type::url:
        return mismatch_of_url(value);
    case parameter::type::phone:
        return mismatch_of_phone(value);
    case parameter::type::integer:
        break;
    }
    auto number = yaml::read_integer(value);
    return number ? out_of_range(p, *number, "") : std::optional<std::string>("must be a whole number");
}

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
    std::string all;
    for (const auto& w : wrong)
        all += (all.empty() ? "" : "; ") + w;
    return error(errc::invalid_argument, all);
}

} // namespace ulak::job
