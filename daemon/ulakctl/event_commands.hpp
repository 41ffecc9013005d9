// What happened: the daemon's events, and its log in the journal.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

int show_events(cli_context& s, const arguments& a);
/// The words of the journalctl command that shows the log.
std::vector<std::string> journal_command(const arguments& a, bool json);
/// Becomes journalctl; returns only where that cannot be run.
int show_logs(cli_context& s, const arguments& a);

} // namespace ulak::ctl
