// One account's part of a run: its balance is read, and the alarm that lives across runs makes its step.
#pragma once

#include "kinds/balance_watch/settings.hpp"
#include "kinds/run_context.hpp"

#include <boost/json/object.hpp>

#include <optional>

namespace ulak::kinds::balance {

struct account_check {
    account_check() = default;

    boost::json::object report{};   ///< account, balance, unit, state: part of the run's result
    ledger::batch changes{};        ///< the balance, the alarm, events and notices; nothing is committed here
    std::optional<error> failure{}; ///< why it could not be read
};

/// errc::cancelled in `failure`: the run was cancelled or stopped while it was read; the rest is then empty.
task<account_check> check_account(run_context& c, const watched_account& watched);

} // namespace ulak::kinds::balance
