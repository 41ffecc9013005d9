// An event as a line of text for people.
#pragma once

#include "events/event.hpp"

#include <string>

namespace ulak::events {

/// "12:00:01.456 info  run.started  otp-watch 01J…  message": no colours, no line end, nothing that acts on a terminal.
std::string to_text(const event& e);

/// The same with a line end, and with the colour of its level around it.
std::string to_text_line(const event& e, bool coloured);

} // namespace ulak::events
