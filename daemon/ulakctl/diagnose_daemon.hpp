// Checks of what the daemon needs around it: sockets, name servers, accounts. Each adds what it found.
#pragma once

#include "ulakctl/check_results.hpp"
#include "ulakd/settings.hpp"

namespace ulak::ctl {

/// The control socket, and the daemon behind it with its store. True: a daemon answers.
bool diagnose_sockets(cli_context& s, const daemon::settings& settings, check_results& all);
/// Looks the providers' names up, and measures the time.
void diagnose_names(const daemon::settings& settings, check_results& all);
/// Reads the balance of each account through the daemon, which is free: checks DNS, TLS, credentials and the provider.
void diagnose_accounts(cli_context& s, const daemon::settings& settings, bool daemon_there, bool offline,
                       check_results& all);

} // namespace ulak::ctl
