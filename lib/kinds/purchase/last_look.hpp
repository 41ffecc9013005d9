// The last look before the first byte of a costly call: the one place that every gate passes.
#pragma once

#include "kinds/purchase/message_rules.hpp"
#include "kinds/run_context.hpp"

#include <optional>
#include <utility>

namespace ulak::kinds {

/// Whether the run depends on the call: a notice is sent about a run that has ended or was cancelled.
enum class call_owner { run, notice };

/// Asks everything that rules whether a call may be made, with nothing kept from an earlier look:
///
///   asked                              | of                   | when                      | refused with
///   -----------------------------------+----------------------+---------------------------+-----------------
///   stop of the daemon, cancellation   | the context          | before and after the note | errc::cancelled
///   window, last moment                | the wall clock       | before and after the note | errc::window
///   run cancelled, ended or paused     | the store            | in the note's transaction | cancelled, paused
///   opt-out list, sent-within any run  | the store            | in the note's transaction | errc::denied_now
///
/// The note is what the gate commits: `dispatched`, or that the call is repeated. Nothing was sent on any refusal.
class last_look {
  public:
    last_look(run_context& c, call_owner owner, std::optional<message_rules> rules)
        : context_(c), owner_(owner), rules_(std::move(rules))
    {}

    /// Commits the note if the store agrees. `except`: the call that is repeated. Once the note is on disk it stays
    /// there, also where the second look refuses; `noted` tells.
    task<result<void>> note(ledger::batch changes, effect_id except, bool& noted) const;

  private:
    result<void> look() const;

    run_context& context_;
    call_owner owner_;
    std::optional<message_rules> rules_;
};

} // namespace ulak::kinds
