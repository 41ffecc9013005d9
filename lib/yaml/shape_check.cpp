#include "yaml/shape_check.hpp"

#include "core/text.hpp"
#include "yaml/codes.hpp"
#include "yaml/scalar_check.hpp"
#include "yaml/source_text.hpp"

#include <algorithm>

namespace ulak::yaml {
namespace {

std::string key_names(const shape& record)
{
    return join(record.keys, ", ", &key::name);
}

std::optional<std::string> nearest_key(const shape& record, std::string_view word)
{
    std::vector<std::string> names;
    for (const auto& k : record.keys)
        names.push_back(k.name);
    return nearest(word, names);
}

std::string_view describe(node::kind kind) noexcept
{
    switch (kind) {
    case node::kind::null: return "nothing";
    case node::kind::scalar: return "one value";
    case node::kind::list: return "a list";
    case node::kind::map: return "a record";
    }
    return "";
}

/// Walks tree and table side by side. `name` is the path from the root: "notify[2].to"; empty for the root.
class shape_checker {
  public:
    shape_checker(const document& doc, problems& found) : source_(doc.source, doc.file), found_(found) {}

    void visit(const shape& expected, const node& value, const std::string& name);

  private:
    void report(const node& at, std::string_view code, std::string text, std::string hint);
    void scalar(const shape& expected, const node& value, const std::string& name);
    void list(const shape& expected, const node& value, const std::string& name);
    void map(const shape& expected, const node& value, const std::string& name);
    void record(const shape& expected, const node& value, const std::string& name);
    void short_record(const shape& expected, const node& value, const std::string& name);
    std::optional<std::string> report_unknown_key(const shape& expected, const node& key, const std::string& name);
    void report_missing_keys(const shape& expected, const node& value, const std::string& name,
                             const std::vector<std::string>& meant);
    void report_wrong_type(const shape& expected, const node& value, const std::string& name);

    source_text source_;
    problems& found_;
};

std::string subject(const std::string& name)
{
    return name.empty() ? std::string("the file") : "`" + name + "`";
}

std::string key_path(const std::string& name, std::string_view key)
{
    return (name.empty() ? "" : name + ".") + printable(key, 60);
}

void shape_checker::report(const node& at, std::string_view code, std::string text, std::string hint)
{
    add_problem(found_, source_.problem_at_line(at.line, at.column, code, std::move(text), std::move(hint)));
}

void shape_checker::visit(const shape& expected, const node& value, const std::string& name)
{
    if (expected.value_type == type::any)
        return;
    if (value.node_kind == node::kind::null) {
        auto hint =
            expected.example.empty() ? "leave the key out, or give it a value" : "write it as in " + expected.example;
        return report(value, codes::no_value,
                      subject(name) + " has no value: it needs " + std::string(yaml::describe(expected.value_type)),
                      std::move(hint));
    }
    if (expected.value_type == type::secret) {
        if (auto bad = check_secret(value))
            report(value, bad->code, subject(name) + ": " + bad->text, std::move(bad->hint));
        return;
    }
    if (value.node_kind == node::kind::scalar)
        return scalar(expected, value, name);
    if (expected.value_type == type::list && value.node_kind == node::kind::list)
        return list(expected, value, name);
    if (expected.value_type == type::map && value.node_kind == node::kind::map)
        return map(expected, value, name);
    if (expected.value_type == type::record && value.node_kind == node::kind::map)
        return record(expected, value, name);
    report_wrong_type(expected, value, name);
}

void shape_checker::scalar(const shape& expected, const node& value, const std::string& name)
{
    if (expected.value_type == type::record && !expected.short_form.empty())
        return short_record(expected, value, name);
    if (expected.value_type == type::record || expected.value_type == type::map)
        return report_wrong_type(expected, value, name);
    if (auto bad = check_scalar(expected, value.text))
        report(value, bad->code, subject(name) + ": " + bad->text, std::move(bad->hint));
}

void shape_checker::list(const shape& expected, const node& value, const std::string& name)
{
    auto count = static_cast<std::int64_t>(value.items.size());
    if (expected.least && count < *expected.least)
        report(value, codes::out_of_range,
               subject(name) + " needs at least " + std::to_string(*expected.least) + " items", "");
    if (expected.most && count > *expected.most)
        report(value, codes::out_of_range,
               subject(name) + " takes at most " + std::to_string(*expected.most) + " items", "");
    for (std::size_t i = 0; i < value.items.size(); ++i)
        visit(*expected.item, value.items[i], name + "[" + std::to_string(i + 1) + "]");
}

void shape_checker::map(const shape& expected, const node& value, const std::string& name)
{
    for (const auto& [key, inner] : value.members) {
        if (key.text.empty())
            report(key, codes::key_not_text, "a name is empty", "");
        visit(*expected.item, inner, key_path(name, key.text));
    }
}

void shape_checker::record(const shape& expected, const node& value, const std::string& name)
{
    std::vector<std::string> meant; // by misspelt keys, which are not reported as missing as well
    for (const auto& [key, inner] : value.members) {
        auto known = std::ranges::find(expected.keys, key.text, &yaml::key::name);
        if (known != expected.keys.end())
            visit(*known->value, inner, key_path(name, key.text));
        else if (auto near = report_unknown_key(expected, key, name))
            meant.push_back(*std::move(near));
    }
    report_missing_keys(expected, value, name, meant);
}

void shape_checker::short_record(const shape& expected, const node& value, const std::string& name)
{
    for (const auto& k : expected.keys) {
        if (k.name == expected.short_form)
            visit(*k.value, value, name);
        else if (k.required)
            report(value, codes::missing_key, "`" + key_path(name, k.name) + "` is missing", k.value->doc);
    }
}

/// `wait:{code: 4m}` is a key `wait:{code` to YAML. The known key before its colon; empty: it is no such slip.
std::string key_before_colon(const shape& expected, const node& key)
{
    const auto colon = key.quoted ? std::string::npos : key.text.find(':');
    if (colon == std::string::npos)
        return {};
    auto head = key.text.substr(0, colon);
    return std::ranges::find(expected.keys, head, &yaml::key::name) == expected.keys.end() ? std::string() : head;
}

/// Reports the key and returns the one that was probably meant.
std::optional<std::string> shape_checker::report_unknown_key(const shape& expected, const node& key,
                                                             const std::string& name)
{
    if (auto glued = key_before_colon(expected, key); !glued.empty()) {
        const auto told = [&](const problem& p) {
            return p.code == codes::no_colon && p.at.line == key.line && p.at.column == key.column;
        };
        if (std::ranges::none_of(found_, told)) // `{a:1}` was told while it was read
            report(key, codes::no_colon, "a blank is missing after `" + glued + ":`",
                   "write " + quoted(glued + ": " + key.text.substr(glued.size() + 1)));
        return glued;
    }
    auto near = nearest_key(expected, key.text);
    auto hint = near ? "did you mean `" + *near + "`? " : std::string();
    auto inside = name.empty() ? "" : " in `" + name + "`";
    report(key, codes::unknown_key, "unknown key " + quoted(key.text) + inside,
           hint + "Allowed: " + key_names(expected));
    return near;
}

void shape_checker::report_missing_keys(const shape& expected, const node& value, const std::string& name,
                                        const std::vector<std::string>& meant)
{
    for (const auto& k : expected.keys)
        if (k.required && value.find(k.name) == nullptr && std::ranges::find(meant, k.name) == meant.end())
            report(value, codes::missing_key, "`" + key_path(name, k.name) + "` is missing",
                   k.value->doc +
                       (k.value->example.empty() ? "" : " Example: `" + k.name + ": " + k.value->example + "`"));
}

void shape_checker::report_wrong_type(const shape& expected, const node& value, const std::string& name)
{
    auto text = subject(name) + " must be " + std::string(yaml::describe(expected.value_type)) + ", not " +
                std::string(describe(value.node_kind));
    auto slip = value.node_kind == node::kind::scalar && !value.quoted ? value.text.find(':') : std::string::npos;
    auto hint = slip == std::string::npos
                    ? std::string()
                    : "write a blank after the colon: " +
                          quoted(value.text.substr(0, slip) + ": " + std::string(trim(value.text.substr(slip + 1))));
    if (hint.empty() && expected.value_type == type::record)
        hint = "Allowed keys: " + key_names(expected);
    report(value, slip == std::string::npos ? codes::wrong_type : codes::no_colon, std::move(text), std::move(hint));
}

} // namespace

void check(const document& doc, const shape& expected, problems& found)
{
    shape_checker(doc, found).visit(expected, doc.root, "");
}

} // namespace ulak::yaml
