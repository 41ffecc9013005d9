// Repeats an ambiguous call where the provider refuses duplicates: its answer shows what became of the first one. The
// only call that is ever made twice, and only where the account's owner relies on the refusal.
#pragma once

#include "kinds/run_context.hpp"
#include "providers/outcome.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace ulak::kinds {

/// One repeat of an ambiguous purchase. It holds one of the account's permits, and the gate records it with the effect
/// before the first byte. The effect stays ambiguous; the caller reconciles it by the answer.
class safe_repeat {
  public:
    safe_repeat(run_context& c, std::shared_ptr<providers::account> account, ledger::effect_record ambiguous)
        : context_(c), account_(std::move(account)), ambiguous_(std::move(ambiguous))
    {}

    /// Waits for a permit. `refused_for`: how long the provider refuses duplicates.
    /// - errc::cancelled: the run was cancelled while it waited
    /// - errc::timed_out: the provider may not refuse it any more when it arrives
    task<result<void>> reserve(std::chrono::milliseconds refused_for);
    /// Valid as long as this object. Checks the time again at the last moment.
    providers::purchase_gate gate();

  private:
    bool is_still_refused() const;
    task<result<void>> record_repeat();

    run_context& context_;
    std::shared_ptr<providers::account> account_;
    ledger::effect_record ambiguous_;
    std::chrono::milliseconds duplicate_window_{0};
    std::optional<async::permit> permit_{};
};

} // namespace ulak::kinds
