// The keys that every account of ulak.yaml takes, whatever its protocol.
#pragma once

#include "providers/registry.hpp"

#include <vector>

namespace ulak::providers {

/// provider, base_url, ca_file, pace, connections, timeout, budget, shared, purchases; `provider` first, with the names
/// of the table as its choices.
std::vector<yaml::key> common_account_keys(protocol_table table = protocols());

} // namespace ulak::providers
