// The command behind the installed manual pages.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// A page in roff: ulakctl.1, ulakd.8, ulak.yaml.5 or ulak-job.5.
int show_manual(cli_context& s, const arguments& a);

} // namespace ulak::ctl
