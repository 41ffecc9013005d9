// The table of commands with the options of each, for what is generated from it: completion, manual pages.
#pragma once

#include "ulakctl/commands.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

struct option_reference {
    std::vector<std::string> names{}; ///< "-p", "--param"; empty: positional
    std::string help{};
    std::string value{}; ///< what stands for a positional
    bool takes_value = false;
};

struct command_reference {
    const command* definition = nullptr;
    std::vector<option_reference> options{};
    std::vector<option_reference> positionals{}; ///< positional
};

/// Without the hidden ones.
std::vector<command_reference> command_references();

} // namespace ulak::ctl
