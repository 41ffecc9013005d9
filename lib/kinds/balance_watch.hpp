// `balance.watch`: reads balances, tells of them with hysteresis.
#pragma once

#include "kinds/alarm_machine.hpp"
#include "kinds/kind.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ulak::kinds::balance {

struct watched_account {
    std::string account{};
    alarm_limits limits{};
};

job::kind_definition table();
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found);

/// How long the newest balance lasts at the pace of the others (newest first; what came in counts as a top-up, not as
/// pace). Nothing: too little is known, or nothing is spent.
std::optional<std::chrono::milliseconds> estimate_runway(const std::vector<ledger::balance_record>& newest_first);

class watch_job : public prepared_job {
  public:
    explicit watch_job(std::vector<watched_account> accounts) : accounts_(std::move(accounts)) {}

    task<ending> run(run_context& c) const override;
    task<result<boost::json::object>> plan(run_context& c) const override;

  private:
    std::vector<watched_account> accounts_;
};

} // namespace ulak::kinds::balance
