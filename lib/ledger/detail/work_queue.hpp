// What waits for the store's thread, in the order of importance. Private to the module; one thread at a time.
#pragma once

#include "ledger/detail/work.hpp"

#include <array>
#include <deque>

namespace ulak::ledger {

/// Within a rank work keeps the order of its arrival.
class work_queue {
  public:
    void add(work_list arrived);
    bool empty() const noexcept;
    bool has(work_rank r) const noexcept { return !of(r).empty(); }
    bool has_urgent() const noexcept { return has(work_rank::money) || has(work_rank::change); }
    /// Whether what can wait gets its turn although something urgent is there: it has waited for many turns.
    bool is_overdue() const noexcept;
    void count_turn(bool served_all) noexcept { turns_ = served_all ? 0 : turns_ + 1; }

    /// Commits for the next transaction: what is urgent, money first, as long as nobody in it waits long for the rest.
    /// Empty where nothing is urgent.
    work_list take_urgent();
    /// The first of that rank, which is there.
    work_ptr take(work_rank r);
    /// Work that was broken off begins anew before what came after it.
    void put_back(work_rank r, work_ptr w);

  private:
    using line = std::deque<work_ptr>;
    line& of(work_rank r) noexcept { return lines_[static_cast<std::size_t>(r)]; }
    const line& of(work_rank r) const noexcept { return lines_[static_cast<std::size_t>(r)]; }

    std::array<line, work_ranks> lines_{};
    int turns_ = 0; ///< in which only what is urgent was served
};

} // namespace ulak::ledger
