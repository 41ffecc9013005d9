// The key `schedule` of a job file.
#pragma once

#include "job/schedule.hpp"
#include "yaml/reader.hpp"

#include <optional>

namespace ulak::job {

/// The schedule in its own zone, or in `usual`; nullopt without the key. Reports more or less than one of cron, every
/// and at, expressions and times that cannot be read or never come, and a jitter that reaches the next firing. After a
/// problem the schedule comes back as far as it could be read.
std::optional<schedule> read_schedule(const yaml::reader& root, const time_zone& usual, yaml::problems& found);

} // namespace ulak::job
