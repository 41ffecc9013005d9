// The table of commands with the options of each, for what is generated from it: completion, manual pages.
#pragma once

#include "ulakctl/commands.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

struct option_row {
    std::vector<std::string> names{}; ///< "-p", "--param"; empty: positional
    std::string help{};
    std::string value{}; ///< what stands for a positional
    bool takes_value = false;
};

struct command_row {
    const command* what = nullptr;
    std::vector<option_row> options{};
    std::vector<option_row> places{}; ///< positional
};

/// Without the hidden ones.
std::vector<command_row> command_rows();

} // namespace ulak::ctl
