// The command line of ulakd.
#pragma once

#include <optional>
#include <string>

namespace ulak::daemon {

struct command_line {
    std::string config = "/etc/ulak/ulak.yaml";
    bool check = false;
    bool init = false, forget = false; ///< make the first store, also where one was lost
    bool no_create = false;            ///< make none at a start
    bool literal_secrets = false;
    std::string simulator{}, folder{}; ///< a ready file of ulak-sim, and where that run keeps its files
    std::string output = "table";      ///< of --check: "table" or "json"
};

/// Fills `out`. The exit code if the process is to end here: 0 after --help and --version, 2 for a wrong usage, which
/// is explained on standard error.
std::optional<int> parse_command_line(int argc, const char* const* argv, command_line& out);

} // namespace ulak::daemon
