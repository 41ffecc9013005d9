// The table of commands: one row for each.
#pragma once

#include "ulakctl/cli_context.hpp"
#include "ulakctl/options.hpp"

#include <span>
#include <string_view>

namespace ulak::ctl {

struct command {
    std::string_view name;
    std::string_view help;
    std::string_view examples; ///< one a line
    std::span<const option_spec> options;
    int (*run)(cli_context& s, const arguments& a); ///< the exit code
    std::string_view completes = {}; ///< its names: job, run, account, entry, file, or the words themselves
    bool hidden = false;
};

std::span<const command> commands();
const command* find_command(std::string_view name); ///< null: there is none

} // namespace ulak::ctl
