// What `ulakctl doctor` looks at. Each look adds what it saw, with the remedy where there is one.
#pragma once

#include "ulakctl/session.hpp"
#include "ulakd/settings.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

struct finding {
    enum class state { good, skipped, doubtful, bad };

    std::string what{};
    state how = state::good;
    std::string seen{};
    std::string remedy{};
};

using findings = std::vector<finding>;

/// ulak.yaml and the jobs; the settings as far as they could be read.
daemon::settings look_at_files(const arguments& a, findings& all);
void look_at_clock(findings& all); ///< is it kept right, and does the zone data know today
void look_at_secrets(const daemon::settings& around, findings& all);
void look_at_disk(const daemon::settings& around, findings& all);
/// True: a daemon answers.
bool look_at_sockets(session& s, const daemon::settings& around, findings& all);
void look_at_names(const daemon::settings& around, findings& all); ///< of the providers, with the time it took
/// The free read of each account's balance, through the daemon: DNS, TLS, credentials and the provider at once.
void look_at_accounts(session& s, const daemon::settings& around, bool daemon_there, bool offline, findings& all);

} // namespace ulak::ctl
