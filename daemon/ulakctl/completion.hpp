// Completion scripts for shells. What may stand where the cursor is says the hidden command `__complete`, for all of
// them alike: see completion_words.hpp.
#pragma once

#include <string_view>

namespace ulak::ctl {

extern const std::string_view bash_completion, zsh_completion, fish_completion;

} // namespace ulak::ctl
