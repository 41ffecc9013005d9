// Finds accounts that are one wallet under two names.
#pragma once

#include "providers/account_settings.hpp"
#include "yaml/reader.hpp"

#include <vector>

namespace ulak::daemon {

/// Warns of each account that has the provider, site and login of an earlier one. `in`: the whole file. Two kinds of
/// login, such as user name and API key, cannot be told to be one wallet.
void report_shared_logins(const yaml::reader& in, const std::vector<providers::account_settings>& accounts,
                          yaml::problems& found);

} // namespace ulak::daemon
