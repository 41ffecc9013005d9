// Commands for the completion of shells.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// The script for bash, zsh or fish.
int show_completion(cli_context& s, const arguments& a);
/// Names of jobs, runs, accounts or entries, one a line. Prints nothing where no daemon answers.
int show_names(cli_context& s, const arguments& a);

} // namespace ulak::ctl
