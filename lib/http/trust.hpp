// The certificates that clients trust, as files that people exchange.
#pragma once

#include "core/error.hpp"

#include <string>
#include <vector>

namespace ulak::http {

/// Whether a PEM file, or a folder with hash links, can be used as `client_settings::ca_file`.
/// - errc::invalid_argument, with the path and the reason
result<void> check_ca_file(const std::string& ca_file);

/// Reads the CA files of all clients anew where they changed; the paths of those that did. New connections trust the
/// new content, and no connection or session of the old one is used for another request. With `dry_run` nothing
/// changes.
/// - errc::invalid_argument, of the first file that cannot be used: its clients keep what they trust
result<std::vector<std::string>> renew_trust(bool dry_run);

} // namespace ulak::http
