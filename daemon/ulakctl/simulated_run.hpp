// `ulakctl run JOB --sim`: the real job, with its file and limits, against the simulator.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// Starts a simulation, runs the job in it, waits for the end and clears everything away. exit_problems where the files
/// have errors.
int run_simulated(cli_context& s, const arguments& a);

} // namespace ulak::ctl
