// The orders of one panel account, and the progress of each.
#pragma once

#include "core/money.hpp"
#include "core/wall_time.hpp"
#include "sim/detail/random_source.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ulak::sim {

/// How an order will end; decided when it is placed.
enum class panel_outcome { completed, partial, canceled, stuck };

/// Its status and what remains follow from the time alone.
struct panel_order {
    std::uint64_t id = 0;
    std::int64_t service = 0;
    std::string link{};
    std::int64_t quantity = 0; ///< over all runs
    decimal charge{};          ///< what it costs; less after a refund
    std::int64_t start_count = 0;
    wall_point ordered_at{};
    std::chrono::milliseconds duration{}; ///< from the order to its end
    panel_outcome outcome = panel_outcome::completed;
    std::int64_t left_at_end = 0; ///< of a partial order
    bool refund_missing = false;

    bool ended(wall_point now) const { return outcome != panel_outcome::stuck && now >= ordered_at + duration; }
    std::string_view status(wall_point now) const; ///< "Pending", "In progress", "Completed", "Partial", "Canceled"
    std::int64_t remains(wall_point now) const;
};

/// Orders stay where they are while others are added.
class panel_book {
  public:
    panel_book(std::uint64_t first_id, random_source& random) : ids_(first_id, random) {}

    panel_order& add(panel_order o);
    panel_order* find(std::uint64_t id);
    const std::vector<std::uint64_t>& ids() const noexcept { return order_; } ///< oldest first

    /// Whether the latest order for this link has not ended.
    bool active(const std::string& link, wall_point now);

  private:
    id_sequence ids_;
    std::unordered_map<std::uint64_t, panel_order> orders_{};
    std::unordered_map<std::string, std::uint64_t> latest_by_link_{};
    std::vector<std::uint64_t> order_{};
};

} // namespace ulak::sim
