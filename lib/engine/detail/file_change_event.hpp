// The event that reports what a reload found in a job file. Pure.
#pragma once

#include "engine/catalog.hpp"
#include "events/event.hpp"

namespace ulak::engine {

/// config.loaded for a file that was loaded or is gone, config.rejected for one with errors. Not for an unchanged one.
events::event file_change_event(const file_change& change);

} // namespace ulak::engine
