// Compares two versions of ulak.yaml: what a running daemon takes over, and what needs a restart.
#pragma once

#include "ulakd/settings.hpp"

#include <set>
#include <string>
#include <vector>

namespace ulak::daemon {

struct settings_difference {
    std::set<std::string> unchanged_accounts{}; ///< equal in every setting: they keep connections and rates
    std::vector<std::string> changed{};         ///< "accounts.bulk", "retention" …: for people
    yaml::problems refused{};                   ///< why the file is not taken over
    bool any() const noexcept { return !changed.empty(); }
};

/// Accounts, channels, retention, log.level and tls may change; everything else is fixed at the start. An account in
/// use (`uses`) is neither exchanged nor removed: two objects for one account would not know of each other's purchases,
/// and a balance would no longer be evidence. An account's provider never changes: what is stored under its name is
/// the old provider's.
settings_difference compare(const settings& now, const settings& fresh, const engine::account_uses& uses);

} // namespace ulak::daemon
