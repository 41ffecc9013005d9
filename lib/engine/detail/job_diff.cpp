#include "engine/detail/job_diff.hpp"

#include "yaml/parse.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

std::optional<yaml::document> parse_text(const std::string& text)
{
    yaml::problems ignored;
    return yaml::parse(text, std::string(), ignored);
}

/// The same value, wherever it stands in its file.
bool same_value(const yaml::node& a, const yaml::node& b)
{
    auto both = [](const auto& x, const auto& y) {
        return same_value(x.first, y.first) && same_value(x.second, y.second);
    };
    return a.node_kind == b.node_kind && a.text == b.text && std::ranges::equal(a.items, b.items, same_value) &&
           std::ranges::equal(a.members, b.members, both);
}

void collect_accounts(const yaml::node& at, std::set<std::string>& all)
{
    for (const auto& item : at.items)
        collect_accounts(item, all);
    for (const auto& [key, value] : at.members) {
        if (key.text == "account" && value.node_kind == yaml::node::kind::scalar)
            all.insert(value.text);
        collect_accounts(value, all);
    }
}

} // namespace

std::vector<std::string> changed_keys(const std::string& before, const std::string& now)
{
    std::vector<std::string> keys;
    const auto old = parse_text(before), fresh = parse_text(now);
    if (!old || !fresh)
        return keys;
    for (const auto& [key, value] : fresh->root.members)
        if (const auto* was = old->root.find(key.text); !was || !same_value(*was, value))
            keys.push_back(key.text);
    for (const auto& [key, value] : old->root.members)
        if (!fresh->root.find(key.text))
            keys.push_back(key.text);
    return keys;
}

std::set<std::string> accounts_named(const yaml::node& job)
{
    std::set<std::string> all;
    collect_accounts(job, all);
    return all;
}

} // namespace ulak::engine
