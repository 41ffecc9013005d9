// Accounts with different names and one login spend from one wallet.
#pragma once

#include "providers/account.hpp"

#include <set>
#include <string>

namespace ulak::providers {

/// Gives accounts of one identity one set of permits, the smallest, and one memory of what was reconciled. If others
/// may spend from one of them, they may spend from all. `kept`: accounts that are in use already; what they hold is
/// what the others get.
void share_wallets(accounts& all, const std::set<std::string>& kept);

} // namespace ulak::providers
