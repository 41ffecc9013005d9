// Refuses a configuration that somebody else could change.
#pragma once

#include "ulakd/settings.hpp"
#include "yaml/problem.hpp"

namespace ulak::daemon {

/// Reports jobs folder, secrets folder and the folder of ulak.yaml (U0130) where others can put or replace files in
/// them. All are warnings, see `refuse_open_files`.
void check_folders(const settings& s, yaml::problems& found);

/// Makes errors of the warnings that files or folders are open to others: a daemon does not start with them, and a
/// check says so. The folder of ulak.yaml stays a warning, for it may be one of the machine.
void refuse_open_files(yaml::problems& found);

} // namespace ulak::daemon
