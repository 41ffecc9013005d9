// Cancels a run that waits because its account changed, where that needs no provider.
#pragma once

#include "engine/detail/held_runs.hpp"

namespace ulak::engine {

/// Ends the run if all that it bought are messages that were sent: there is nothing to give back. Who is pending is
/// skipped, and its attention entry is closed. False: what it bought may still be open at the provider, so the wish to
/// cancel has to wait with the run; nothing has changed then. The wish is on disk before. Errors: the store's.
task<result<bool>> end_held(shared_state& shared, held_runs& held, run_id id);

} // namespace ulak::engine
