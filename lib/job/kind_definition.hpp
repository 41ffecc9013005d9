// A kind of jobs, as far as reading their files needs it.
#pragma once

#include "yaml/shape.hpp"

#include <string>
#include <vector>

namespace ulak::job {

/// What reading a job file needs to know of its kind.
struct kind_definition {
    std::string name{};
    yaml::shape_ptr keys{};             ///< a record
    std::vector<std::string> moments{}; ///< of notify.when beside started, done, failed, attention
    bool spends = false;                ///< then `budget` is required
};

} // namespace ulak::job
