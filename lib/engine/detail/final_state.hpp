// A run that ends as `attention` leaves an entry that a person can settle, and one whose entries are settled does not.
#pragma once

#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// How the run really ends, and what is committed with it.
struct final_state {
    explicit final_state(kinds::ending end_) : ending(std::move(end_)) {}

    kinds::ending ending;
    ledger::batch changes{};
};

/// `raises`: the batch that this goes into raises an entry of the run already. Where none is open: an ending in doubt
/// follows what a person has decided while the run went on; any other gets an entry, for a purchase in doubt, or with
/// the run's id and the latest purchase that took place.
task<result<final_state>> decide_final_state(shared_state& c, const kinds::run_context& run, kinds::ending e,
                                             bool raises);

} // namespace ulak::engine
