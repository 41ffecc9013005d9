// What somebody who mends a fault must know of an installation, and nothing that is a secret or about people.
#pragma once

#include "ulakctl/arguments.hpp"
#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// Makes one file (0600, never in place of another) and prints its name. Of the daemon it holds what those see who may
/// only look, so it is asked at the view socket; without a daemon there is the rest.
int write_bug_report(cli_context& s, const arguments& a);

} // namespace ulak::ctl
