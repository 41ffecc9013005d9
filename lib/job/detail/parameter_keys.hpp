// The key `params` of a job file.
#pragma once

#include "job/parameter.hpp"
#include "yaml/reader.hpp"

#include <vector>

namespace ulak::job {

/// The declared parameters in the file's order. Reports names that templates cannot use, limits that contradict each
/// other or the type, defaults that their own parameter would refuse, and (as a warning) defaults that are never used.
std::vector<parameter> read_parameters(const yaml::reader& root, yaml::problems& found);

} // namespace ulak::job
