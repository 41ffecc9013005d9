// Calls to providers that cost nothing, and fail: told once for each time that they begin to.
#pragma once

#include "kinds/run_context.hpp"

#include <set>
#include <string>

namespace ulak::kinds {

/// Of one run. A streak of failures of one call at one account is one `provider.error`; whatever works again may fail
/// again.
class read_failures {
  public:
    explicit read_failures(run_context& c) : context_(c) {}

    /// `call` is "number.poll", "sms.report" … A cancellation is no failure. A disk that refuses is left alone.
    task<> report_failure(const providers::account& who, std::string call, error why);
    void report_success(const providers::account& who, const std::string& call)
    {
        failing_.erase(who.name + " " + call);
    }

  private:
    run_context& context_;
    std::set<std::string> failing_{};
};

} // namespace ulak::kinds
