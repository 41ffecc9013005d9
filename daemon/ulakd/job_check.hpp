// Checks one job file as the daemon would load it.
#pragma once

#include "job/document.hpp"
#include "kinds/kind.hpp"

#include <string>
#include <vector>

namespace ulak::daemon {

/// Adds the file's problems to `found`: those of its form, and those that its kind sees. Without `context` only the
/// file's own form is checked: where ulak.yaml has errors, every account would seem wrong.
void check_job(const std::string& path, const std::vector<job::kind_definition>& tables,
               const job::load_environment& around, const kinds::load_context* context, yaml::problems& found);

} // namespace ulak::daemon
