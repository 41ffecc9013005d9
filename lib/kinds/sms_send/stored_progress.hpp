// The progress and the counts of one run, in memory and in the store.
#pragma once

#include "kinds/run_context.hpp"
#include "kinds/sms_send/progress.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace ulak::kinds::sms {

/// The only owner of a run's progress and counts; the stages change them here and commit them together with their own
/// changes. The context must outlive it. Saving waits while the disk refuses and is out of reach of a cancellation;
/// errors are those of `run_context::save_with_retry`.
class stored_progress {
  public:
    stored_progress(run_context& c, progress p) : context_(c), progress_(std::move(p)) {}

    progress* operator->() noexcept { return &progress_; }
    const progress& operator*() const noexcept { return progress_; }

    const ledger::item_counts& counts() const noexcept { return counts_; }
    std::int64_t count(ledger::item_state s) const noexcept { return counts_.by_state[static_cast<std::size_t>(s)]; }

    /// Counts new items, and the segments of those that are to be sent.
    void count_new(const std::vector<ledger::item_record>& items);
    void move_count(ledger::item_state from, ledger::item_state to, std::int64_t n);
    /// Segments that will not be sent after all.
    void subtract_segments(std::int64_t n) { counts_.segments -= n; }
    /// Takes the counts from the store: others (an operator, a reconciliation) may have moved items.
    task<result<void>> reload_counts();

    task<result<void>> save();
    task<result<void>> save(ledger::batch also);
    /// Saves further fields of the run in the same commit.
    task<result<void>> save(ledger::update_run fields, ledger::batch also);

    /// The progress alone, for a commit that somebody else makes.
    ledger::update_run progress_update() const;
    /// The counts as they are once `n` items moved, for a commit that somebody else makes.
    ledger::update_run counts_update(ledger::item_state from, ledger::item_state to, std::int64_t n) const;

  private:
    run_context& context_;
    progress progress_;
    ledger::item_counts counts_{};
};

} // namespace ulak::kinds::sms
