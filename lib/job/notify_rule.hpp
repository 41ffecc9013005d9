// Who is notified of what: the key `notify`.
#pragma once

#include "yaml/reader.hpp"

#include <string>
#include <vector>

namespace ulak::job {

struct notify_rule {
    std::vector<std::string> when{}; ///< moments of a run: "started", "done", "failed", "attention", "missed", the kind's own
    std::string channel{};           ///< of ulak.yaml
};

/// The rules in the file's order. Reports channels that are not among `channels`.
std::vector<notify_rule> read_notify(const yaml::reader& root, const std::vector<std::string>& channels,
                                     yaml::problems& found);

} // namespace ulak::job
