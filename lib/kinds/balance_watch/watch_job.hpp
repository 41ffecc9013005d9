// A prepared `balance.watch`: one run reads every account once.
#pragma once

#include "kinds/balance_watch/settings.hpp"

#include <utility>
#include <vector>

namespace ulak::kinds::balance {

class watch_job : public prepared_job {
  public:
    explicit watch_job(std::vector<watched_account> accounts) : accounts_(std::move(accounts)) {}

    /// Commits what was read, the alarms and the notices of all accounts at once. `failed` if none could be read.
    task<ending> run(run_context& c) const override;
    task<result<boost::json::object>> plan(run_context& c) const override;

  private:
    std::vector<watched_account> accounts_;
};

} // namespace ulak::kinds::balance
