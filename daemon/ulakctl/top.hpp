// `ulakctl top`: a live view of the daemon.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// Redraws once a second until q is pressed. Shows one picture where the output is no terminal.
int show_top(cli_context& s, const arguments& a);

} // namespace ulak::ctl
