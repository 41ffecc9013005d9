// Events without secrets.
#pragma once

#include "events/event.hpp"

namespace ulak::events {

/// The event with all its texts, and the names, texts and numbers of its own fields, passed through the process's
/// redactor. Texts that are not UTF-8 are made printable, so that no sink writes broken JSON.
event redacted(event e);

} // namespace ulak::events
