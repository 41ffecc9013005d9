// The other runs that are about an order for the same link on the same account.
#pragma once

#include "kinds/smm_order/shared_run.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ulak::kinds::smm {

/// One of them. Returns false when enough was seen.
using visit_run = std::function<bool(const ledger::run_record&, const progress&)>;

/// Visits the other runs in these states, newest first, page by page, and about as far back as `oldest`.
/// Errors: the store's.
task<result<void>> visit_linked_runs(const shared_run& run, const std::string& link,
                                     std::vector<ledger::run_state> states, wall_point oldest, visit_run visit);

} // namespace ulak::kinds::smm
