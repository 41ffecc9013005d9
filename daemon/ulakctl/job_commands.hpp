// Commands about jobs: what there is, what comes next, pausing.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

int show_jobs(cli_context& s, const arguments& a);
int show_job(cli_context& s, const arguments& a);
int show_next(cli_context& s, const arguments& a);
/// What a run would do; starts nothing.
int show_plan(cli_context& s, const arguments& a);
int pause_job(cli_context& s, const arguments& a);
int resume_job(cli_context& s, const arguments& a);

} // namespace ulak::ctl
