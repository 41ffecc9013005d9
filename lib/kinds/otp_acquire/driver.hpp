// Drives a paid number to its end: carries out the actions of the number's state machine and stores its transitions.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/otp_acquire/code.hpp"
#include "kinds/otp_acquire/number_machine.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/read_failures.hpp"

#include <optional>
#include <string>

namespace ulak::kinds::otp {

/// Owns the code between its arrival and the commit that delivers it. All references must outlive this object.
class driver {
  public:
    driver(run_context& c, const settings& s, progress& p) : context_(c), settings_(s), progress_(p) {}

    /// Polls for the code, and cancels for the refund when `code_wait` is over or a person asks for it, until the
    /// number has come to an end that is on disk. Nothing: it has, and no number is held any more.
    /// Precondition: a number is held.
    /// Endings
    ///   interrupted  the daemon stops; the number stays in the stored progress
    ///   attention    the account is gone from ulak.yaml, or the store refuses a transition for good
    task<std::optional<ending>> drive();

  private:
    rules rules_for(const providers::account& account) const;
    task<std::optional<ending>> drive(const providers::account& account);
    task<event> perform(action a, const providers::account& account);
    task<event> poll(const providers::account& account);
    task<event> cancel(const providers::account& account);
    task<event> check_refund(const providers::account& account);
    task<event> sleep();
    task<bool> store_transition(const transition& t);
    task<ledger::batch> changes_of(const transition& t, ledger::update_run& update);
    age_range age_now() const;

    run_context& context_;
    const settings& settings_;
    progress& progress_;
    extracted_code found_{};
    read_failures failures_{context_};
};

} // namespace ulak::kinds::otp
