// Resolves secrets by reference: where they may lie and who may read them.
#pragma once

#include "core/error.hpp"
#include "core/secret.hpp"
#include "yaml/reader.hpp"

#include <string>

namespace ulak::daemon {

/// No key is longer; a larger file is a mistake.
inline constexpr std::size_t max_secret_bytes = 64 * 1024;

/// `{secret: NAME}`: $CREDENTIALS_DIRECTORY/NAME (or ulak_NAME there, as LoadCredential= of a folder names it), then
/// `config_dir`/secrets/NAME. `{file: PATH}` relative to `config_dir`. `{env: NAME}`: taken out of the environment of
/// this process when it is first asked for, and remembered. One line end at the end of a file is dropped. Errors:
/// errc::not_found: with the places that were tried.
/// errc::forbidden: others can read the file (not checked in the credentials folder, which the service manager guards),
/// or a literal that is not allowed.
/// errc::validation: empty or too large.
/// errc::malformed: a NUL byte or a line break in it.
result<secret> resolve_secret(const yaml::secret_reference& reference, const std::string& config_dir,
                              bool allow_literal);

} // namespace ulak::daemon
