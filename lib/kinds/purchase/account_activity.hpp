// What else of ours may have moved an account's balance: after = before - charges + refunds.
#pragma once

#include "kinds/run_context.hpp"

namespace ulak::kinds {

/// Whether no purchase of ours but `except` was, or may have been, charged to the account's wallet since then, under
/// any name of its login. A provider may book a call that nobody answered minutes later. False when the store cannot be
/// read.
task<bool> no_other_charges_since(run_context& c, const providers::account& account, const effect_id& except,
                                  wall_point since);

/// Whether money of purchases but `except` may have come back since then: a refund as high as a charge hides it.
/// True when the store cannot be read.
task<bool> refunds_possible_since(run_context& c, const providers::account& account, const effect_id& except,
                                  wall_point since);

} // namespace ulak::kinds
