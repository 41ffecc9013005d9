// The numbers that one account rented.
#pragma once

#include "core/money.hpp"
#include "core/wall_time.hpp"
#include "sim/detail/random_source.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ulak::sim {

enum class number_state { waiting, received, cancelled, expired };

std::string_view name(number_state s) noexcept;

/// What will happen to a number; decided when it is ordered, mostly by faults.
struct number_plan {
    std::optional<std::chrono::milliseconds> sms_after{};  ///< absent: it never comes by itself
    std::optional<std::chrono::milliseconds> dies_after{}; ///< the provider takes the number back
    bool sms_at_cancel = false;
    bool cancel_reports_success = false; ///< with `sms_at_cancel`
    bool refund_missing = false;
};

struct rented_number {
    std::uint64_t id = 0;
    std::int64_t service = 0;
    std::string number{};
    std::string operator_name{};
    bool forwarding = false;
    decimal price{};
    wall_point ordered_at{};
    wall_point expires_at{};
    std::string code{}; ///< decided when it is ordered, shown once received
    std::string text{};
    number_state state = number_state::waiting;
    number_state last_shown_state = number_state::waiting; ///< for protocols that store it on request
    number_plan plan{};
    std::size_t cancels_refused = 0;
    bool refunded = false;
};

/// Numbers stay where they are while others are added.
class number_book {
  public:
    number_book(std::uint64_t first_id, random_source& random) : ids_(first_id, random) {}

    rented_number& add(rented_number n);
    rented_number* find(std::uint64_t id);
    const std::vector<std::uint64_t>& ids() const noexcept { return order_; } ///< oldest first

  private:
    id_sequence ids_;
    std::unordered_map<std::uint64_t, rented_number> numbers_{};
    std::vector<std::uint64_t> order_{};
};

} // namespace ulak::sim
