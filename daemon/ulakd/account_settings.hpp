// Reads one entry of `accounts`.
#pragma once

#include "providers/account_settings.hpp"
#include "yaml/reader.hpp"

#include <string>
#include <vector>

namespace ulak::daemon {

/// Where secrets are looked up.
struct secret_sources {
    std::string config_dir;
    bool allow_literals = false;
    bool skip_lookup = false; ///< every secret is "none": the simulator's credentials come afterwards
};

/// Reads a secret and teaches it to the process's redactor. Reports what is wrong with it at its own place, and returns
/// an empty secret then.
secret read_secret(const yaml::reader& in, std::string_view key, const secret_sources& places, yaml::problems& found);

/// Reports a name of an account or channel that cannot stand in job files, metrics and log fields. `what`: "an
/// account".
void check_name(const std::string& what, const std::string& name, const yaml::reader& in, yaml::problems& found);

/// Adds the account to `out` unless it has errors. Its own keys are those of its protocol's descriptor.
/// `ca_file`: the certificates that accounts without one of their own trust.
void read_account(const std::string& name, const yaml::reader& in, const secret_sources& places,
                  const std::string& ca_file, std::vector<providers::account_settings>& out, yaml::problems& found);

} // namespace ulak::daemon
