// Starting, watching, showing and ending runs.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// With --sim against the simulator. With --wait the exit code is the run's.
int start_run(cli_context& s, const arguments& a);
int wait_for_run(cli_context& s, const arguments& a);
int list_runs(cli_context& s, const arguments& a);
int show_run(cli_context& s, const arguments& a);
int cancel_run(cli_context& s, const arguments& a);
/// POST /v1/runs/ID/VERB; says `done` behind the run's id.
int change_run(cli_context& s, const std::string& id, const char* verb, const char* done);
/// `otp`: a one-time code without a job file; waits for it.
int acquire_code(cli_context& s, const arguments& a);

} // namespace ulak::ctl
