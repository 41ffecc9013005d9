// What became of a run.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// Recipients by state and reason, calls that cost, and what an operator must settle.
int report_run(cli_context& s, const arguments& a);

} // namespace ulak::ctl
