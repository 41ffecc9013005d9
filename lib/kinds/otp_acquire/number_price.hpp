// Learns from the balance what a number cost.
#pragma once

#include "kinds/otp_acquire/progress.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/run_context.hpp"

namespace ulak::kinds::otp {

/// Replaces the whole budget, which is booked for the held number while its price is unknown, by the amount that the
/// balance fell by; and a price that is known by a higher one, with what `mismatch_changes` tells. Only where that is
/// the number's price for certain: nobody else spends from the account, and no other purchase of ours was booked or may
/// have been refunded since. Anything else leaves the worst case booked. Precondition: a number is held.
task<> learn_price(run_context& c, const settings& s, progress& p, const providers::account& account);

} // namespace ulak::kinds::otp
