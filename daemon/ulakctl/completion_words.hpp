// What may stand where the cursor is: the one mind behind the completion of all shells.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

/// A line of it that is this asks the shell for names of files.
inline constexpr std::string_view files_too = ":files";

/// `words` are those behind `ulakctl`, the last is the one that is being written, empty where a new one begins. Names
/// come from the daemon, which nobody waits long for; only what begins with the word is given. Behind the last position
/// that a command has there is nothing.
std::vector<std::string> completions(cli_context& s, const std::vector<std::string>& words);

} // namespace ulak::ctl
