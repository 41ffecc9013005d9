// The sends of one SMS account and what becomes of each recipient.
#pragma once

#include "core/money.hpp"
#include "core/wall_time.hpp"
#include "sim/detail/random_source.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace ulak::sim {

/// Of one recipient.
enum class delivery { waiting, sent, delivered, undelivered };

/// How many recipients of a send are in which state.
struct delivery_tally {
    std::size_t waiting = 0, sent = 0, delivered = 0, undelivered = 0;
    std::size_t total() const noexcept { return waiting + sent + delivered + undelivered; }
    bool complete() const noexcept { return waiting + sent == 0; }
};

/// One accepted send. Recipients are ten digits as a number, so that a million of them fit in memory. The state of each
/// follows from the time alone.
struct sms_queue {
    std::uint64_t id = 0;
    wall_point submitted_at{};
    wall_point due_at{};
    std::chrono::milliseconds delivery_time{}; ///< from `due_at` to the last delivery
    std::string sender{};
    std::string text{}; ///< of several texts: the first
    std::vector<std::uint64_t> numbers{};
    decimal charge{};
    decimal refunded{};
    bool cancelled = false;
    bool never_completes = false;
    std::size_t undelivered_tail = 0; ///< so many at the end are not reached
    std::size_t report_misses = 0;    ///< so many at the end do not show in reports

    /// The i-th recipient: sent when due, done in the second half of the delivery time, one after the other.
    delivery state(std::size_t i, wall_point now) const;
    wall_point done_at(std::size_t i) const;
    delivery_tally tally(wall_point now) const;
};

class sms_book {
  public:
    sms_book(std::uint64_t first_id, random_source& random) : ids_(first_id, random) {}

    sms_queue& add(sms_queue queue);
    sms_queue* find(std::uint64_t id);
    const std::vector<std::uint64_t>& ids() const noexcept { return order_; } ///< oldest first

  private:
    id_sequence ids_;
    std::unordered_map<std::uint64_t, sms_queue> queues_{};
    std::vector<std::uint64_t> order_{};
};

} // namespace ulak::sim
