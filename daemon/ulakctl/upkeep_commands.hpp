// Commands for the upkeep of the daemon itself: copies and checks of its store, and the channels of its notices.
#pragma once

#include "ulakctl/arguments.hpp"
#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

int make_backup(cli_context& s, const arguments& a);
int verify_store(cli_context& s, const arguments& a);
int test_channel(cli_context& s, const arguments& a);

} // namespace ulak::ctl
