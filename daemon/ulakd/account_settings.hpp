// One entry of `accounts`.
#pragma once

#include "providers/account_settings.hpp"
#include "yaml/reader.hpp"

#include <string>
#include <vector>

namespace ulak::daemon {

/// Where secrets are looked for.
struct secret_sources {
    std::string config_dir;
    bool allow_literals = false;
    bool skip_lookup = false; ///< for the simulator, whose credentials come afterwards
};

/// Reads a secret and reports what is wrong with it, at its own place. An empty secret after a problem.
secret read_secret(const yaml::reader& in, std::string_view key, const secret_sources& places, yaml::problems& found);

/// Names of accounts and channels: they appear in job files, metrics and log fields.
void check_name(const std::string& what, const std::string& name, const yaml::reader& in, yaml::problems& found);

/// Adds the account to `out` unless it has errors. `ca_file`: the trust of accounts that name none.
void read_account(const std::string& name, const yaml::reader& in, const secret_sources& places,
                  const std::string& ca_file, std::vector<providers::account_settings>& out, yaml::problems& found);

} // namespace ulak::daemon
