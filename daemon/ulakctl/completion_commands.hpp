// Commands for the completion of shells.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// The script for bash, zsh or fish.
int show_completion(cli_context& s, const arguments& a);
/// What may stand where the cursor is, one a line. Names are left out where no daemon answers.
int show_completions(cli_context& s, const arguments& a);

} // namespace ulak::ctl
