// `ulakctl doctor`: checks everything around the daemon that could make a run fail.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// exit_run_failed where a check failed.
int run_doctor(cli_context& s, const arguments& a);

} // namespace ulak::ctl
