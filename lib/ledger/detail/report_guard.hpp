// Breaks a long report off when something more important arrives for the store. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"

#include <atomic>
#include <chrono>

namespace ulak::ledger {

/// `announce_urgent` comes from any thread, all else from the store's.
class report_guard {
  public:
    void announce_urgent() noexcept { urgent_.store(true, std::memory_order_relaxed); }
    void forget_urgent() noexcept { urgent_.store(false, std::memory_order_relaxed); }
    bool urgent() const noexcept { return urgent_.load(std::memory_order_relaxed); }

    /// From here to `end` a query that has run for a moment ends with errc::timed_out once something urgent waits.
    void begin(database& db) noexcept;
    void end(database& db) noexcept;
    /// Whether that happened since the last `begin`.
    bool interrupted() const noexcept { return interrupted_; }

  private:
    static int look(void* self) noexcept;

    std::atomic<bool> urgent_{false};
    std::chrono::steady_clock::time_point began_{};
    bool interrupted_ = false;
};

} // namespace ulak::ledger
