// What a job may spend: the key `budget`.
#pragma once

#include "core/money.hpp"
#include "yaml/reader.hpp"

#include <optional>

namespace ulak::job {

/// Limits in the units in which they are written; nullopt: no limit.
struct budget {
    std::optional<money> run{}; ///< by one run
    std::optional<money> day{}; ///< by all runs of the job in a day
};

/// Reads the key. Reports limits that contradict each other, and a budget without a limit where one is `required`. No
/// key: no limit, and no problem; the table of keys requires it where it must be there.
budget read_budget(const yaml::reader& root, bool required, yaml::problems& found);

} // namespace ulak::job
