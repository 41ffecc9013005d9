// Two versions of ulak.yaml: what a running daemon takes over, and what needs a restart.
#pragma once

#include "ulakd/settings.hpp"

#include <set>
#include <string>
#include <vector>

namespace ulak::daemon {

struct settings_difference {
    std::set<std::string>
        unchanged_accounts{};                ///< whose every word is as it was: they keep their connections and their pace
    std::vector<std::string> changed{}; ///< "accounts.bulk", "retention" …: for people
    yaml::problems refused{};           ///< why the file is not taken over
    bool any() const noexcept { return !changed.empty(); }
};

/// Accounts, channels, retention, log.level and tls may change. An account that is in use is neither exchanged nor
/// removed: two objects for one account would not know of each other's purchases, and the evidence of what was bought
/// would blur. Its provider never changes: what is stored under its name is the old one's. The rest is fixed at start.
settings_difference compare(const settings& now, const settings& fresh, const engine::account_uses& uses);

} // namespace ulak::daemon
