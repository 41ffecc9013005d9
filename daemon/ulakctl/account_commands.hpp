// Commands about accounts and their money.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// Of the accounts that are named, or of all. exit_run_failed where one cannot be read.
int show_balance(cli_context& s, const arguments& a);
int show_services(cli_context& s, const arguments& a);
int show_spend(cli_context& s, const arguments& a);

} // namespace ulak::ctl
