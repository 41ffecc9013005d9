// One run of an `otp.acquire` job, from its stored progress to its ending.
#pragma once

#include "kinds/otp_acquire/buyer.hpp"
#include "kinds/otp_acquire/driver.hpp"
#include "kinds/otp_acquire/reconciler.hpp"

namespace ulak::kinds::otp {

/// Owns the progress, and the collaborators that change it one after the other. The context and the settings must
/// outlive this object.
class otp_run {
  public:
    otp_run(run_context& c, const settings& s, progress p);
    otp_run(const otp_run&) = delete;
    otp_run& operator=(const otp_run&) = delete;

    /// Once. Buys numbers until one brings a code, `attempts` are used up, or a person cancels. On a cancellation the
    /// number that is held is given back first; on a stop it is left to the next start.
    task<ending> execute();

  private:
    task<std::optional<ending>> resume();
    bool may_buy() const;
    task<> learn_price_of_number();

    run_context& context_;
    const settings& settings_;
    progress progress_;
    reconciler reconciler_;
    buyer buyer_;
    driver driver_;
};

/// How a run ends that holds no number any more and buys no other.
ending ending_of(const run_context& c, const progress& p, const settings& s);

} // namespace ulak::kinds::otp
