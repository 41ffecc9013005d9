#include "ulakctl/schema_commands.hpp"

#include "core/text.hpp"
#include "job/json_schema.hpp"
#include "kinds/kind.hpp"
#include "kinds/registry.hpp"
#include "ulakctl/key_lookup.hpp"
#include "ulakctl/table.hpp"
#include "ulakd/settings_table.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/core.h>

namespace ulak::ctl {

namespace {

using yaml::shape;

const char* type_word(yaml::type t)
{
    switch (t) {
    case yaml::type::text: return "text";
    case yaml::type::template_text: return "text with ${names}";
    case yaml::type::boolean: return "true or false";
    case yaml::type::integer: return "whole number";
    case yaml::type::duration: return "duration: 90s 15m 12h 7d";
    case yaml::type::amount: return "amount: 12 TRY, 0.95 USD, 500 credits";
    case yaml::type::rate: return "rate: 20 requests/s, 10 segments/s";
    case yaml::type::choice: return "one of";
    case yaml::type::secret: return "secret: {secret: NAME}, {file: PATH} or {env: NAME}";
    case yaml::type::any: return "anything";
    case yaml::type::list: return "list";
    case yaml::type::map: return "names, each with";
    case yaml::type::record: return "keys";
    }
    return "";
}

std::string type_text(const shape& s)
{
    std::string out = type_word(s.value_type);
    for (std::size_t i = 0; i < s.choices.size(); ++i)
        out += (i == 0 ? " " : ", ") + s.choices[i];
    if (s.value_type == yaml::type::list)
        out += " of " + std::string(type_word(s.item->value_type));
    if (s.value_type == yaml::type::integer && s.least && s.most)
        out += fmt::format(" from {} to {}", *s.least, *s.most);
    return out;
}

std::string first_sentence(const std::string& doc)
{
    return doc.substr(0, doc.find(". ") == std::string::npos ? doc.size() : doc.find(". ") + 1);
}

void explain(const cli_context& s, const found_key& key)
{
    const shape& described = *key.shape;
    s.print(paint(s.out, tone::strong, key.title) + "\n  " + type_text(described) + (key.required ? ", required" : "") +
            "\n");
    if (!described.doc.empty())
        s.print("  " + described.doc + "\n");
    if (described.default_value)
        s.print("  default: " + *described.default_value + "\n");
    if (!described.example.empty())
        s.print("  example: " + described.example + "\n");
    const shape& at = innermost(described);
    table t({"KEY", "HOLDS", "MEANING"});
    for (const yaml::key& k : at.keys)
        t.add_row({k.name + (k.required ? " *" : ""), type_text(*k.value), first_sentence(k.value->doc)});
    if (!t.empty())
        s.print("\n" + t.text(s.out) + "* required\n");
    s.print("\n");
}

int report_unknown_key(const cli_context& s, const std::string& path)
{
    const auto near = nearest_key(path);
    s.warn("ulakctl: there is no key " + printable(path) + (near ? ", did you mean " + *near + "?" : "") +
           "\n  ulakctl schema job|config has all of them\n");
    return exit_usage;
}

} // namespace

int show_schema(cli_context& s, const arguments& a)
{
    const std::string& what = a.names.front();
    if (what == "job" || what == "config") {
        const auto schema = what == "job" ? job::job_schema(kinds::kind_tables())
                                          : job::json_schema_of(*daemon::settings_table(), "ulak.yaml");
        s.print(boost::json::serialize(schema) + "\n");
        return exit_ok;
    }
    const auto found = find_keys(what);
    if (found.empty())
        return report_unknown_key(s, what);
    for (const found_key& key : found)
        if (!s.show_json(job::json_schema_of(*key.shape, key.title)))
            explain(s, key);
    return exit_ok;
}

} // namespace ulak::ctl
