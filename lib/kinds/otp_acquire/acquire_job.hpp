// A prepared `otp.acquire` job.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/otp_acquire/settings.hpp"

#include <utility>

namespace ulak::kinds::otp {

/// Immutable, shared by its runs.
class acquire_job : public prepared_job {
  public:
    explicit acquire_job(settings s) : settings_(std::move(s)) {}

    task<ending> run(run_context& c) const override;
    /// {"candidates": [{"account", "service", "price", "stock", "usable", "reason"}], "attempts", "cost", "digest"}.
    /// `cost` is the first known price of a usable candidate, in the order in which they would be tried.
    task<result<boost::json::object>> plan(run_context& c) const override;

  private:
    settings settings_;
};

} // namespace ulak::kinds::otp
