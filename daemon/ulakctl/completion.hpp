// Completion scripts for shells, made from the table of commands. Names of jobs, runs and accounts come from the
// running daemon: the scripts call the hidden command `__names`.
#pragma once

#include "ulakctl/command_reference.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

std::string bash_completion(const std::vector<command_reference>& all);
std::string zsh_completion(const std::vector<command_reference>& all);
std::string fish_completion(const std::vector<command_reference>& all);

} // namespace ulak::ctl
