// Reads one entry of `channels`.
#pragma once

#include "ulakd/account_settings.hpp"
#include "ulakd/settings.hpp"

namespace ulak::daemon {

/// Adds the channel to `out.channels` and reports what is wrong with it. `out.accounts` is complete: an SMS channel
/// names one of them.
void read_channel(const std::string& name, const yaml::reader& in, const secret_sources& places, settings& out,
                  yaml::problems& found);

} // namespace ulak::daemon
