// Commands that need no daemon.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// exit_problems where a file has errors.
int check_files(cli_context& s, const arguments& a);
int show_version(cli_context& s, const arguments& a);

} // namespace ulak::ctl
