// Where a provider refuses the identical call for a while, its answer to a repetition tells what became of the first.
// The only call that is ever made twice, and only where the account's owner said that the refusal can be relied on.
#pragma once

#include "kinds/run_context.hpp"
#include "providers/outcome.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace ulak::kinds {

/// One repetition of a call in doubt. Under a permit of the account's tills, and written down with the effect before
/// the first byte. The effect stays in doubt; whoever asks settles it by the answer.
class safe_repeat {
  public:
    safe_repeat(run_context& c, std::shared_ptr<providers::account> who, ledger::effect_record lost)
        : context_(c), account_(std::move(who)), ambiguous_(std::move(lost))
    {}

    /// errc::cancelled; errc::timed_out where the provider might not refuse it any more when it arrives.
    task<result<void>> reserve(std::chrono::milliseconds refused_for);
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
