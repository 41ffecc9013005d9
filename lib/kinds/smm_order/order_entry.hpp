// An attention entry about a placed order.
#pragma once

#include "kinds/smm_order/shared_run.hpp"

#include <string>

namespace ulak::kinds::smm {

/// `kind` tells what is open, and is part of the entry's id unless it is the order's end itself ("stalled").
ledger::raise_attention order_entry(const shared_run& run, std::string kind, std::string evidence);

} // namespace ulak::kinds::smm
