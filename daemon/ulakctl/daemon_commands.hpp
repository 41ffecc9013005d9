// Commands about the daemon as a whole.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

int show_status(cli_context& s, const arguments& a);
int show_health(cli_context& s, const arguments& a);
/// exit_problems where a file is rejected.
int reload_files(cli_context& s, const arguments& a);
int adopt(cli_context& s, const arguments& a);
int settle_clock(cli_context& s, const arguments& a);

} // namespace ulak::ctl
