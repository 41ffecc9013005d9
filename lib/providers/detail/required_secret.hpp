// The check that an account has the secret by which it logs in.
#pragma once

#include "yaml/reader.hpp"

#include <string_view>

namespace ulak::providers {

/// Reports U0601 unless the account has `key`. The table of ulak.yaml holds the keys of all protocols, so none of them
/// can be required there.
void require_secret(const yaml::reader& account, std::string_view provider, std::string_view key,
                    yaml::problems& found);

} // namespace ulak::providers
