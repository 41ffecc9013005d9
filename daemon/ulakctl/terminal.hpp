// A terminal taken over for a live picture, and given back as it was whatever ends the program.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace ulak::ctl {

class live_terminal {
  public:
    /// The other screen, no cursor, no echo, keys at once.
    live_terminal();
    ~live_terminal();
    live_terminal(const live_terminal&) = delete;
    live_terminal& operator=(const live_terminal&) = delete;

    /// Redraws in place: what did not change does not flicker.
    void show(const std::vector<std::string>& lines);
    /// Lines that the terminal has.
    std::size_t height() const;

    enum class input { nothing, redraw, quit };
    /// A key or a changed size, or nothing within `patience`. Ctrl-C and SIGTERM are `quit`.
    input wait(std::chrono::milliseconds patience);
};

} // namespace ulak::ctl
