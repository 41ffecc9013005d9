#include "job/detail/meaning.hpp"

#include "core/text.hpp"
#include "yaml/codes.hpp"

#include <algorithm>

namespace ulak::job {
namespace {

namespace codes = yaml::codes;

constexpr std::int64_t known_version = 1;

std::string channel_hint(const std::string& name, const std::vector<std::string>& channels)
{
    if (channels.empty())
        return "ulak.yaml has no channels; add one below `channels`";
    std::string all;
    for (const auto& c : channels)
        all += (all.empty() ? "" : ", ") + c;
    auto near = nearest(name, channels);
    return (near ? "did you mean `" + *near + "`? " : "") + "Channels: " + all;
}

} // namespace

void check_version(const yaml::reader& root, yaml::problems& found)
{
    if (root.has_valid("version") && root.integer("version") != known_version)
        found.push_back(root.problem_at("version", std::string(codes::version),
                                       "this version of the file format is not known", "write `version: 1`"));
}

budget read_budget(const yaml::reader& root, bool required, yaml::problems& found)
{
    if (!root.has_valid("budget"))
        return {};
    auto keys = root.record("budget");
    budget limits;
    if (keys.has_valid("run"))
        limits.run = keys.amount("run");
    if (keys.has_valid("day"))
        limits.day = keys.amount("day");
    if (required && !keys.has("run") && !keys.has("day"))
        found.push_back(root.problem_at("budget", std::string(codes::budget_missing), "the budget names no limit",
                                       "write `budget: {run: 50 TRY, day: 200 TRY}`"));
    if (limits.run && limits.day && limits.run->unit == limits.day->unit && limits.run->amount > limits.day->amount)
        found.push_back(keys.problem_at("run", std::string(codes::budget_limits),
                                       "one run may spend more than a whole day",
                                       "make `run` at most as large as `day`"));
    return limits;
}

std::vector<notify_rule> read_notify(const yaml::reader& root, const std::vector<std::string>& channels,
                                     yaml::problems& found)
{
    std::vector<notify_rule> rules;
    for (const auto& keys : root.records("notify")) {
        notify_rule rule{keys.texts("when"), keys.text("to")};
        if (keys.has_valid("to") && std::ranges::find(channels, rule.channel) == channels.end())
            found.push_back(keys.problem_at("to", std::string(codes::unknown_channel),
                                           "there is no channel `" + printable(rule.channel, 60) + "`",
                                           channel_hint(rule.channel, channels)));
        rules.push_back(std::move(rule));
    }
    return rules;
}

} // namespace ulak::job
