// Orders whose runs were cancelled. No panel documents a cancel, so it goes on with them, and only it knows for how
// long.
#pragma once

#include "kinds/smm_order/shared_run.hpp"

#include <optional>
#include <string>

namespace ulak::kinds::smm {

/// Why nothing may be ordered for this link beside such an order: the panel still works on it, or does not say.
/// nullopt: there is none. One that the panel does not know frees the link, which is told as `orders.forgotten`, once
/// in a run. Errors: the store's.
task<result<std::optional<std::string>>> abandoned_order(shared_run& run, const std::string& link);

} // namespace ulak::kinds::smm
