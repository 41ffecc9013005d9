// The other runs that are about an order for the same link from the same wallet. Links are compared in their normal
// form, and wallets by name or login.
#pragma once

#include "kinds/smm_order/shared_run.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ulak::kinds::smm {

/// One of them. Returns false when enough was seen.
using visit_run = std::function<bool(const ledger::run_record&, const progress&)>;

/// Whether another run's order, placed or wanted, is one of this run's wallet. `account`: the one that it names.
/// Errors: the store's.
task<result<bool>> shares_wallet(const shared_run& run, const run_id& other, const std::string& account);

/// Visits the other runs in these states, newest first, page by page, and about as far back as `oldest`.
/// Errors: the store's.
task<result<void>> visit_linked_runs(const shared_run& run, const std::string& link,
                                     std::vector<ledger::run_state> states, wall_point oldest, visit_run visit);

} // namespace ulak::kinds::smm
