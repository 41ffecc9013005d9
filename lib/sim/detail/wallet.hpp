// An account's balance at one provider, with its history.
#pragma once

#include "core/money.hpp"
#include "core/wall_time.hpp"

#include <cstdint>
#include <deque>
#include <string>

namespace ulak::sim {

/// One movement, with the balance after it.
struct wallet_entry {
    std::uint64_t id = 0;
    wall_point at{};
    decimal amount{}; ///< negative: spent
    decimal balance{};
    std::string reason{};
};

class wallet {
  public:
    wallet(decimal balance, std::string unit) : balance_(balance), unit_(std::move(unit)) {}

    decimal balance() const noexcept { return balance_; }
    const std::string& unit() const noexcept { return unit_; }
    const std::deque<wallet_entry>& history() const noexcept { return entries_; } ///< oldest first; the last 5,000

    /// Without an entry.
    void set(decimal balance) noexcept { balance_ = balance; }
    bool covers(decimal amount) const noexcept { return balance_ >= amount; }
    /// Changes the balance and keeps an entry. Negative to spend: the caller has asked `covers`.
    void post(wall_point at, decimal amount, std::string reason);

  private:
    decimal balance_;
    std::string unit_;
    std::uint64_t last_id_ = 0;
    std::deque<wallet_entry> entries_{};
};

} // namespace ulak::sim
