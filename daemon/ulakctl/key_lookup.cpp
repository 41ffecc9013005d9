#include "ulakctl/key_lookup.hpp"

#include "core/text.hpp"
#include "job/document.hpp"
#include "kinds/kind.hpp"
#include "kinds/registry.hpp"
#include "ulakd/settings_table.hpp"

#include <algorithm>

namespace ulak::ctl {

namespace {

const yaml::key* key_in(const yaml::shape& s, std::string_view name)
{
    const yaml::shape& at = innermost(s);
    const auto key = std::find_if(at.keys.begin(), at.keys.end(), [&](const yaml::key& k) { return k.name == name; });
    return key == at.keys.end() ? nullptr : &*key;
}

/// The key that `path` leads to. Below a map one word may be a name of the user's choice, which is skipped.
std::optional<found_key> follow(const std::string& title, yaml::shape_ptr root, std::string_view path)
{
    found_key at{title, std::move(root), true};
    bool named = false;
    for (std::string_view word : split(path, '.')) {
        const yaml::key* next = key_in(*at.shape, word);
        if (!next && at.shape->value_type == yaml::type::map && !named) {
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

std::vector<std::string> known_words()
{
    std::vector<std::string> all{"job", "config"};
    auto add = [&](const yaml::shape& s) {
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

} // namespace

const yaml::shape& innermost(const yaml::shape& s)
{
    const yaml::shape* at = &s;
    while (at->item)
        at = at->item.get();
    return *at;
}

std::vector<found_key> find_keys(const std::string& path)
{
    std::vector<found_key> all;
    auto look = [&](const std::string& title, yaml::shape_ptr root, std::string_view below) {
        if (auto found = follow(title, std::move(root), below))
            all.push_back(std::move(*found));
    };
    for (const job::kind_definition& kind : kinds::kind_tables()) {
        if (path == kind.name)
            all.push_back({"jobs of kind " + kind.name, kind.keys, true});
        if (path.starts_with(kind.name + "."))
            look("jobs of kind " + kind.name, job::keys_of(kind), path.substr(kind.name.size() + 1));
    }
    if (!all.empty()) // the path names its kind
        return all;
    look("ulak.yaml", daemon::settings_table(), path);
    look("every job", job::common_keys(), path);
    for (const job::kind_definition& kind : kinds::kind_tables())
        look("jobs of kind " + kind.name, kind.keys, path);
    return all;
}

std::optional<std::string> nearest_key(const std::string& path)
{
    return nearest(path, known_words());
}

} // namespace ulak::ctl
