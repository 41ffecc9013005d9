// Problems that the accounts of several protocols share.
#pragma once

#include "yaml/reader.hpp"

#include <string_view>

namespace ulak::providers {

/// One table of keys holds those of all protocols, so none of them can be required there.
void require_secret(const yaml::reader& account, std::string_view provider, std::string_view key,
                    yaml::problems& found);

} // namespace ulak::providers
