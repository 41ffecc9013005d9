#include "job/json_schema.hpp"

#include "yaml/parse.hpp"
#include "yaml/scalar.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <string_view>

namespace ulak::job {
namespace {

namespace json = boost::json;
using yaml::shape;
using yaml::type;

constexpr std::string_view draft = "http://json-schema.org/draft-07/schema#";
constexpr std::string_view duration_pattern = "^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";
constexpr std::string_view amount_pattern = "^[0-9]+(\\.[0-9]+)? ([A-Z]{3}|credits)$";
constexpr std::string_view rate_pattern = "^[0-9]+(\\.[0-9]+)? +(requests?|segments?|recipients?) */ *(s|min|h)$";

/// With its description, default and examples.
json::object schema_for(const shape& s);

json::array strings(const std::vector<std::string>& words)
{
    json::array all;
    for (const auto& w : words)
        all.emplace_back(w);
    return all;
}

/// A default or example as the editor would write it: a number for an integer, a list for a list.
json::value typed_value(const shape& s, const std::string& written)
{
    if (s.value_type == type::integer)
        return yaml::read_integer(written).value_or(0);
    if (s.value_type == type::boolean)
        return yaml::read_boolean(written).value_or(false);
    if (s.value_type != type::list)
        return json::value(written);
    yaml::problems found;
    auto parsed = yaml::parse(written, "", found);
    json::array all;
    if (parsed)
        for (const auto& item : parsed->root.items)
            all.push_back(typed_value(*s.item, item.text));
    return all;
}

void add_limits(json::object& out, const shape& s, const char* least, const char* most)
{
    if (s.least)
        out[least] = *s.least;
    if (s.most)
        out[most] = *s.most;
}

/// What looks like a number or a truth value is a text too, where a text is asked for.
json::object text_schema(const shape& s)
{
    json::object out{{"type", json::array{"string", "number", "boolean"}}};
    add_limits(out, s, "minLength", "maxLength");
    return out;
}

json::object integer_schema(const shape& s)
{
    json::object out{{"type", "integer"}};
    add_limits(out, s, "minimum", "maximum");
    json::array only;
    for (const auto& c : s.choices)
        only.push_back(typed_value(s, c));
    if (!only.empty())
        out["enum"] = std::move(only);
    return out;
}

json::object pattern_schema(std::string_view pattern)
{
    return {{"type", "string"}, {"pattern", pattern}};
}

json::object name_schema(std::string_view key, std::string_view doc)
{
    json::object name{{"type", "string"}, {"minLength", 1}, {"description", doc}};
    return {{"type", "object"},
            {"properties", json::object{{key, std::move(name)}}},
            {"required", json::array{key}},
            {"additionalProperties", false}};
}

json::object secret_schema()
{
    json::array forms;
    forms.push_back(name_schema("secret", "The name of a systemd credential, or of a file in the folder `secrets`."));
    forms.push_back(name_schema("file", "The path of a file that holds it."));
    forms.push_back(name_schema("env", "The name of an environment variable."));
    return {{"oneOf", std::move(forms)}};
}

json::object list_schema(const shape& s)
{
    json::object out{{"type", "array"}, {"items", schema_for(*s.item)}};
    add_limits(out, s, "minItems", "maxItems");
    return out;
}

/// No keys but its own.
json::object record_schema(const shape& s)
{
    json::object properties;
    json::array required;
    for (const auto& k : s.keys) {
        properties[k.name] = schema_for(*k.value);
        if (k.required)
            required.emplace_back(k.name);
    }
    json::object out{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty())
        out["required"] = std::move(required);
    return out;
}

/// The record, or the value of its short form alone.
json::object short_or_record(const shape& s)
{
    json::array forms{record_schema(s)};
    for (const auto& k : s.keys)
        if (k.name == s.short_form)
            forms.push_back(schema_for(*k.value));
    return {{"oneOf", std::move(forms)}};
}

json::object schema_by_type(const shape& s)
{
    switch (s.value_type) {
    case type::text:
    case type::template_text: return text_schema(s);
    case type::boolean: return {{"type", "boolean"}};
    case type::integer: return integer_schema(s);
    case type::duration: return pattern_schema(duration_pattern);
    case type::amount: return pattern_schema(amount_pattern);
    case type::rate: return pattern_schema(rate_pattern);
    case type::choice: return {{"type", "string"}, {"enum", strings(s.choices)}};
    case type::secret: return secret_schema();
    case type::any: return {};
    case type::list: return list_schema(s);
    case type::map: return {{"type", "object"}, {"additionalProperties", schema_for(*s.item)}};
    case type::record: return s.short_form.empty() ? record_schema(s) : short_or_record(s);
    }
    return {};
}

json::object schema_for(const shape& s)
{
    auto out = schema_by_type(s);
    if (!s.doc.empty())
        out["description"] = s.doc;
    if (s.default_value)
        out["default"] = typed_value(s, *s.default_value);
    if (!s.example.empty())
        out["examples"] = json::array{typed_value(s, s.example)};
    return out;
}

/// A key that the branches describe: known here only so that an editor completes it before it knows the kind.
json::object branch(const kind_definition& kind)
{
    json::object is_kind{{"properties", json::object{{"kind", json::object{{"const", kind.name}}}}},
                         {"required", json::array{"kind"}}};
    return {{"if", std::move(is_kind)}, {"then", schema_for(*keys_of(kind))}};
}

} // namespace

json::object json_schema_of(const shape& table, std::string title)
{
    json::object out{{"$schema", draft}, {"title", std::move(title)}};
    for (auto& member : schema_for(table))
        out.insert_or_assign(member.key(), std::move(member.value()));
    return out;
}

json::object job_schema(const std::vector<kind_definition>& kinds)
{
    auto out = json_schema_of(*common_keys(), "A job of Ulak");
    json::array names, branches;
    for (const auto& kind : kinds) {
        names.emplace_back(kind.name);
        branches.push_back(branch(kind));
    }
    auto& properties = out["properties"].as_object();
    properties["kind"].as_object()["enum"] = std::move(names);
    // Each branch refuses unknown keys for its kind, so here they must pass.
    out.erase("additionalProperties");
    if (!branches.empty())
        out["allOf"] = std::move(branches);
    return out;
}

} // namespace ulak::job
