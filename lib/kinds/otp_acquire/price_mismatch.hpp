// What is told when a number cost more than its provider's list said. Pure.
#pragma once

#include "kinds/otp_acquire/progress.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/run_context.hpp"

#include <optional>

namespace ulak::kinds::otp {

/// `listed`: what was reckoned before the order; nullopt: nothing. Empty where the number's price is no more than that.
/// Else the event `charge.mismatch` with its notices, and an attention entry where the price is above the candidate's
/// `max_price`.
ledger::batch mismatch_changes(run_context& c, const held_number& n, const std::optional<money>& listed,
                               const settings& s);

} // namespace ulak::kinds::otp
