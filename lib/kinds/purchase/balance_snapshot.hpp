// A balance right before a purchase: the first half of what can prove later whether it was charged.
#pragma once

#include "core/money.hpp"
#include "kinds/run_context.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>

namespace ulak::kinds {

/// A balance that is a hint only (the account is shared) is not waited for longer.
inline constexpr std::chrono::milliseconds hint_timeout = std::chrono::seconds(5);

struct balance_snapshot {
    balance_snapshot() = default;

    money amount{};
    wall_point at{}; ///< when it began to be read
};

/// In a run's progress: "before" and "before_at". nullopt writes nothing.
void put_balance(boost::json::object& o, const std::optional<balance_snapshot>& b);
std::optional<balance_snapshot> balance_field(const boost::json::object& o);

/// Read while the account's permit is held. nullopt: the account shows no balance, or it could not be read.
task<std::optional<balance_snapshot>> read_balance_snapshot(run_context& c, const providers::account& account);

} // namespace ulak::kinds
