// What `ulakd --check` and `ulakctl check` report on the files: the daemon's own loading, without a daemon.
#pragma once

#include "engine/catalog.hpp"
#include "ulakd/settings.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ulak::daemon {

struct check_report {
    yaml::problems problems{};
    std::size_t jobs = 0; ///< files that were looked at, without ulak.yaml
};

/// Checks ulak.yaml and every job, or the given job files alone against that configuration. Opens no connection.
/// Secrets are looked up, never shown.
check_report check_files(const std::string& config, const std::vector<std::string>& job_files,
                         bool allow_literal_secrets);

/// The problems as text with carets, and a closing line; or as {"problems":[…],"jobs":N}.
std::string check_text(const check_report& report, bool colour);
std::string check_json(const check_report& report);

} // namespace ulak::daemon
