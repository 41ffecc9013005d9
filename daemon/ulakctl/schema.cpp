// The tables of keys: whole, as JSON Schema, or one key explained.
#include "job/json_schema.hpp"
#include "core/text.hpp"
#include "kinds/kind.hpp"
#include "ulakctl/commands.hpp"
#include "ulakctl/table.hpp"
#include "ulakd/settings_table.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

namespace ulak::ctl {

namespace {

using yaml::shape;
using yaml::shape_ptr;

/// A key that was found: whose file it stands in, and what it holds.
struct found_key {
    std::string title{};
    shape_ptr what{};
    bool required = false;
};

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

/// Lists and maps are walked through: what counts is what each of their items holds.
const shape& innermost(const shape& s)
{
    const shape* at = &s;
    while (at->item)
        at = at->item.get();
    return *at;
}

const yaml::key* key_in(const shape& s, std::string_view name)
{
    const shape& at = innermost(s);
    const auto key = std::find_if(at.keys.begin(), at.keys.end(), [&](const yaml::key& k) { return k.name == name; });
    return key == at.keys.end() ? nullptr : &*key;
}

/// The key that `path` leads to. A word that is no key stands for a name of the user's choice.
std::optional<found_key> follow(const std::string& title, shape_ptr root, std::string_view path)
{
    found_key at{title, std::move(root), true};
    bool named = false;
    for (std::string_view word : split(path, '.')) {
        const yaml::key* next = key_in(*at.what, word);
        if (!next && at.what->value_type == yaml::type::map && !named) {
            named = true;
            continue;
        }
        if (!next)
            return std::nullopt;
        at = {at.title, next->value, next->required};
        named = false;
    }
    at.title = title + ": " + std::string(path);
    return at;
}

/// The same key may stand in ulak.yaml, in all jobs and in several kinds.
std::vector<found_key> find_all(const std::string& path)
{
    std::vector<found_key> all;
    auto look = [&](const std::string& title, shape_ptr root, std::string_view below) {
        if (auto found = follow(title, std::move(root), below))
            all.push_back(std::move(*found));
    };
    for (const job::kind_definition& kind : kinds::kind_tables()) {
        if (path == kind.name)
            all.push_back({"jobs of kind " + kind.name, kind.keys, true});
        if (path.starts_with(kind.name + "."))
            look("jobs of kind " + kind.name, job::keys_of(kind), path.substr(kind.name.size() + 1));
    }
    if (!all.empty())
        return all;
    look("ulak.yaml", daemon::settings_table(), path);
    look("every job", job::common_keys(), path);
    for (const job::kind_definition& kind : kinds::kind_tables())
        look("jobs of kind " + kind.name, kind.keys, path);
    return all;
}

std::string first_sentence(const std::string& doc)
{
    return doc.substr(0, doc.find(". ") == std::string::npos ? doc.size() : doc.find(". ") + 1);
}

void explain(const cli_context& s, const found_key& key)
{
    const shape& what = *key.what;
    s.print(paint(s.out, tone::strong, key.title) + "\n  " + type_text(what) + (key.required ? ", required" : "") +
            "\n");
    if (!what.doc.empty())
        s.print("  " + what.doc + "\n");
    if (what.default_value)
        s.print("  default: " + *what.default_value + "\n");
    if (!what.example.empty())
        s.print("  example: " + what.example + "\n");
    const shape& at = innermost(what);
    table t({"KEY", "HOLDS", "MEANING"});
    for (const yaml::key& k : at.keys)
        t.add_row({k.name + (k.required ? " *" : ""), type_text(*k.value), first_sentence(k.value->doc)});
    if (!t.empty())
        s.print("\n" + t.text(s.out) + "* required\n");
    s.print("\n");
}

std::vector<std::string> known_words()
{
    std::vector<std::string> all{"job", "config"};
    auto add = [&](const shape& s) {
        for (const yaml::key& k : s.keys)
            all.push_back(k.name);
    };
    add(*daemon::settings_table());
    add(*job::common_keys());
    for (const job::kind_definition& kind : kinds::kind_tables()) {
        all.push_back(kind.name);
        add(*kind.keys);
    }
    return all;
}

int report_unknown_key(const std::string& path)
{
    const auto near = nearest(path, known_words());
    std::fprintf(stderr, "ulakctl: there is no key %s%s\n  ulakctl schema job|config has all of them\n",
                 printable(path).c_str(), near ? (", did you mean " + *near + "?").c_str() : "");
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
    const auto found = find_all(what);
    if (found.empty())
        return report_unknown_key(what);
    for (const found_key& key : found)
        if (!s.show_json(job::json_schema_of(*key.what, key.title)))
            explain(s, key);
    return exit_ok;
}

} // namespace ulak::ctl
