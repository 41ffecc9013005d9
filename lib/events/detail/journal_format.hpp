// An event as a record of journald's native protocol.
#pragma once

#include "events/event.hpp"

#include <string>

namespace ulak::events {

/// MESSAGE, PRIORITY, SYSLOG_IDENTIFIER and MESSAGE_ID, then the event's fields as ULAK_…; its own fields cannot
/// replace any of those.
std::string to_journal_record(const event& e);

} // namespace ulak::events
