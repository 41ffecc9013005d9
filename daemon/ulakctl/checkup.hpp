// What `ulakctl doctor` looks at. Each look adds what it saw, with the remedy where there is one.
#pragma once

#include "ulakctl/cli_context.hpp"
#include "ulakd/settings.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

struct check_result {
    enum class severity { ok, skipped, warning, failed };

    std::string check{};
    severity level = severity::ok;
    std::string detail{};
    std::string remedy{};
};

using check_results = std::vector<check_result>;

/// ulak.yaml and the jobs; the settings as far as they could be read.
daemon::settings diagnose_files(const arguments& a, check_results& all);
void diagnose_clock(check_results& all); ///< is it kept right, and does the zone data know today
void diagnose_secrets(const daemon::settings& around, check_results& all);
void diagnose_disk(const daemon::settings& around, check_results& all);
/// True: a daemon answers.
bool diagnose_sockets(cli_context& s, const daemon::settings& around, check_results& all);
void diagnose_names(const daemon::settings& around, check_results& all); ///< of the providers, with the time it took
/// The free read of each account's balance, through the daemon: DNS, TLS, credentials and the provider at once.
void diagnose_accounts(cli_context& s, const daemon::settings& around, bool daemon_there, bool offline, check_results& all);

} // namespace ulak::ctl
