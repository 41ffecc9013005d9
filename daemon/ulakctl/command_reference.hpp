// Each command with its options, for what is generated from them: completion and manual pages.
#pragma once

#include "ulakctl/commands.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

struct option_reference {
    std::vector<std::string> names{}; ///< "-p", "--param"; empty: positional
    std::string help{};
    std::string value{}; ///< the name of a positional
    bool takes_value = false;
};

struct command_reference {
    const command* definition = nullptr;
    std::vector<option_reference> options{}; ///< --help first
    std::vector<option_reference> positionals{};
};

/// Without the hidden commands.
std::vector<command_reference> command_references();

} // namespace ulak::ctl
