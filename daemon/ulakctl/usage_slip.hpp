// What is wrong with a command line that could not be read, in words of its own table.
#pragma once

#include "ulakctl/commands.hpp"

#include <string>
#include <vector>

namespace ulak::ctl {

/// A command line as far as it goes, right or wrong.
struct read_line {
    const command* definition = nullptr;    ///< null: none is named yet
    std::vector<std::string> positionals{}; ///< of the command
    const option_spec* pending = nullptr;   ///< the last word is this option, and its value is still to come
    std::string pending_global{};           ///< the same of --socket and --output
};
read_line read_words(const std::vector<std::string>& words);

/// The first slip, with what is meant where that can be told: an unknown command or option, a `--wait 5s` whose value
/// stands apart, words too many or too few. Empty: none of these.
std::string usage_slip(const std::vector<std::string>& words);

} // namespace ulak::ctl
