// The same configuration against ulak-sim: every account keeps its limits and reaches no provider.
#pragma once

#include "ulakd/settings.hpp"

namespace ulak::daemon {

/// Reads ulak.yaml without any secret, then points accounts at the simulator whose ready file (`ulak-sim --ready-file`)
/// is given, gives them its credentials, keeps store, sockets and log below `folder`, and discards notices.
/// Empty with problems, as load_settings; a ready file that cannot be read is one of them.
std::optional<settings> load_simulated(const std::string& path, const std::string& ready_file,
                                       const std::string& folder, yaml::problems& found);

} // namespace ulak::daemon
