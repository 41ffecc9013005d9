// Work of a kind beside its runs, as long as the daemon runs: the engine starts it, calls it and stops it.
#pragma once

#include "async/task.hpp"
#include "kinds/run_context.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ulak::kinds {

/// What a background task may use. The engine owns all of it, and it outlives the task.
struct background_services {
    /// The accounts in it change with a reload: read them anew after every await.
    const run_environment& environment;
    /// A stored run, with the parameters it began with and the notify rules of its definition.
    std::function<run_context(const ledger::run_record&)> context_of;
    /// Resolves an attention entry as an operator would, in one commit with `also`. errc::conflict: it was resolved
    /// before.
    std::function<task<result<void>>(std::string entry, std::string outcome, ledger::batch also)> resolve_attention;
};

class background_task {
  public:
    virtual ~background_task() = default;

    /// Does what is due and says when to call again; nullopt: when a run has ended. A run's end may always bring the
    /// call forward. Never two calls at a time; the engine waits for the one under way before it stops.
    virtual task<std::optional<wall_point>> run_due() = 0;
};

/// Called once per daemon, when the engine starts.
using background_factory = std::function<std::unique_ptr<background_task>(background_services)>;

} // namespace ulak::kinds
