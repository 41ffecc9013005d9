// Failures of calls that cost nothing: one event for each streak.
#pragma once

#include "kinds/run_context.hpp"

#include <set>
#include <string>

namespace ulak::kinds {

/// The streaks of one run. The first failure of a call at an account publishes `provider.error`; a success ends the
/// streak, so that the next failure publishes again.
class read_failures {
  public:
    explicit read_failures(run_context& c) : context_(c) {}

    /// `call` is "number.poll", "sms.report" … A cancellation is no failure. An event that the disk refuses is lost.
    task<> report_failure(const providers::account& account, std::string call, error why);
    void report_success(const providers::account& account, const std::string& call)
    {
        failing_.erase(account.name + " " + call);
    }

  private:
    run_context& context_;
    std::set<std::string> failing_{};
};

} // namespace ulak::kinds
