// Brings a run that has left its kind to its end in the store.
#pragma once

#include "engine/detail/active_run.hpp"

#include <string>

namespace ulak::engine {

class run_finisher {
  public:
    explicit run_finisher(shared_state& shared) : shared_(shared) {}

    /// Writes how the run ended, once a second until the disk takes it, or the engine stops: the run then goes on from
    /// its progress at the next start. Purchases it left open are settled with it; while one is ambiguous, the run ends
    /// as `attention`. `exception`: what the kind threw; else empty. Not to be cancelled.
    task<> finish(active_ptr run, kinds::ending ending, std::string exception);

  private:
    task<bool> try_finish(active_run& run, kinds::ending ending, const std::string& exception);
    task<bool> publish_if_final(const active_run& run, ledger::batch reports);
    task<> refresh_counts(kinds::run_context& run);

    shared_state& shared_;
};

} // namespace ulak::engine
