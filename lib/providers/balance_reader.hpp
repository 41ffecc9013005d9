// Capability: reads what an account still has to spend.
#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"
#include "core/error.hpp"
#include "core/money.hpp"

namespace ulak::providers {

class balance_reader {
  public:
    virtual ~balance_reader() = default;
    /// In the account's unit. Errors: those of any read (transport, errc::auth, errc::rate_limited, errc::contract).
    virtual task<result<money>> balance(async::steady_point deadline) = 0;
};

} // namespace ulak::providers
