// Where standard output goes, and colours for it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ulak::ctl {

/// What standard output is: a terminal of that width, or something that reads on.
struct screen {
    bool terminal = false;
    bool colour = false;   ///< a terminal, and NO_COLOR is not set
    std::size_t width = 0; ///< 0: no limit
};
screen detect_output();

enum class tone { plain, good, bad, warn, faint, strong };
std::string paint(const screen& s, tone t, std::string_view text);

/// The tone of a state's word; the word itself always says as much.
tone tone_of(std::string_view state);

} // namespace ulak::ctl
