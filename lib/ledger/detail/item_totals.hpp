// How many items of a run are in which state, kept beside the items so that nobody counts a million rows. Private to
// the module.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/detail/transitions.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

/// Collects what one change does to the counts of a run and writes it once at the end.
class item_totals {
  public:
    /// Negative numbers take items out of a state.
    void add(item_state s, std::int64_t items, std::int64_t segments) noexcept;
    /// Adds what was collected to the counts of the run with this key.
    result<void> write(database& db, std::int64_t run);

    /// The counts as they are stored; all zero for an unknown run.
    static result<item_counts> read(database& db, const run_id& run);

  private:
    struct state_change {
        std::int64_t items = 0, segments = 0;
    };

    std::array<state_change, item_state_count> changes_{};
};

} // namespace ulak::ledger
