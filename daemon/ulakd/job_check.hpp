// Checks one job file as the daemon would load it.
#pragma once

#include "core/file_fence.hpp"
#include "job/document.hpp"
#include "kinds/kind.hpp"

#include <string>
#include <vector>

namespace ulak::daemon {

/// Reads the file where `fence` lets it lie, and adds its problems to `found`: those of its form, and those that its
/// kind sees. Without `context` only the file's own form is checked: where ulak.yaml has errors, every account would
/// seem wrong.
void check_job(const std::string& path, const std::vector<job::kind_definition>& tables,
               const job::load_environment& around, const kinds::load_context* context, const file_fence& fence,
               yaml::problems& found);

} // namespace ulak::daemon
