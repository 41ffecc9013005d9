// Makes sure that a run which ends as `attention` leaves an entry that an operator can resolve, and that one whose
// entries are resolved does not.
#pragma once

#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// How the run really ends, and what is committed with it.
struct final_state {
    explicit final_state(kinds::ending end_) : ending(std::move(end_)) {}

    kinds::ending ending;
    ledger::batch changes{};
};

/// Any state but `attention` stays. For `attention`, unless an entry of the run is open or `raises` says that the same
/// commit raises one:
///   the kind does not know how the run ended,   follows what operators have decided while it went on
///   and every entry is resolved
///   anything else                               raises an entry: for the ambiguous purchase, or with the run's id and
///                                               the latest purchase that took place
/// An error is the disk's.
task<result<final_state>> decide_final_state(shared_state& c, const kinds::run_context& run, kinds::ending e,
                                             bool raises);

} // namespace ulak::engine
