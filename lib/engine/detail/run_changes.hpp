// What is stored and reported when a run begins and when it ends.
#pragma once

#include "engine/detail/run_params.hpp"
#include "engine/detail/shared_state.hpp"

#include <string>

namespace ulak::engine {

/// A stored run as its kind would see it: its parameters, and the notify rules of its definition; without a budget.
kinds::run_context stored_run_context(shared_state& shared, const ledger::run_record& run);

/// Event and notices of a run that begins.
ledger::batch reports_at_start(const kinds::run_context& context);

/// The state that ends a run, and the event and notices about it.
struct run_end_changes {
    ledger::update_run state{};
    ledger::batch reports{};
};
/// `exception`: what the kind threw; else empty.
run_end_changes changes_at_end(const kinds::run_context& context, const kinds::ending& ending,
                               const std::string& exception, wall_point now);

/// The error code of a run whose kind threw; not one of errc, since the world did not cause it.
inline constexpr char internal_code[] = "internal";

} // namespace ulak::engine
