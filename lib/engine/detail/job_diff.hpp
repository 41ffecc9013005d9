// What two versions of a job file have changed, and which accounts a file names. Pure.
#pragma once

#include "yaml/node.hpp"

#include <set>
#include <string>
#include <vector>

namespace ulak::engine {

/// The keys at the top of two versions of a file whose values differ, in the order of the newer one, those that are
/// gone at the end. Empty: only layout and comments do.
std::vector<std::string> changed_keys(const std::string& before, const std::string& now);

/// Every value of a key `account`, wherever it stands.
std::set<std::string> accounts_named(const yaml::node& job);

} // namespace ulak::engine
