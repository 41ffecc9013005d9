// Finds keys of ulak.yaml and of job files by their path.
#pragma once

#include "yaml/shape.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::ctl {

/// A key that was found: in whose file it stands, and what it holds.
struct found_key {
    std::string title{};
    yaml::shape_ptr shape{};
    bool required = false;
};

/// All keys of that path, as "schedule.missed" or "sms.send.message": the same one may stand in ulak.yaml, in all jobs
/// and in several kinds.
std::vector<found_key> find_keys(const std::string& path);
/// A known key or kind whose name is close.
std::optional<std::string> nearest_key(const std::string& path);
/// What each item of lists and maps holds.
const yaml::shape& innermost(const yaml::shape& s);

} // namespace ulak::ctl
