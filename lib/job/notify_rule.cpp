#include "job/notify_rule.hpp"

#include "core/text.hpp"
#include "yaml/codes.hpp"

#include <algorithm>

namespace ulak::job {

namespace codes = yaml::codes;

namespace {

std::string channel_hint(const std::string& name, const std::vector<std::string>& channels)
{
    if (channels.empty())
        return "ulak.yaml has no channels; add one below `channels`";
    auto near = nearest(name, channels);
    return (near ? "did you mean `" + *near + "`? " : "") + "Channels: " + join(channels, ", ");
}

} // namespace

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
