// Reads the command line of ulakctl. The one source of the program that includes CLI11, which is slow to compile.
#pragma once

#include "ulakctl/cli_context.hpp"
#include "ulakctl/commands.hpp"

#include <iosfwd>
#include <string>
#include <variant>

namespace ulak::ctl {

/// A command that was asked for, with all that was said.
struct invocation {
    const command* definition = nullptr;
    arguments args{};
    std::string socket = "/run/ulak/ulak.sock";
    bool socket_is_default = true; ///< neither the command line nor the environment named one
    output_options output{};
};

/// The command to run, or the exit code where there is none: help and versions go to `out`, errors of usage to `err`.
std::variant<invocation, int> parse_command_line(int argc, const char* const* argv, std::ostream& out,
                                                 std::ostream& err);

} // namespace ulak::ctl
