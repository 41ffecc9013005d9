// An event as the record that a target takes. Private to the room.
#pragma once

#include "events/event.hpp"

#include <string>

namespace ulak::events {

std::string to_json_line(const event& e);                ///< ends with a line end
std::string to_text_line(const event& e, bool coloured); ///< ends with a line end
std::string to_journal_record(const event& e);                  ///< fields of journald's native protocol

} // namespace ulak::events
