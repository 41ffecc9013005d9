// Repeats an ambiguous call where the provider refuses duplicates: its answer shows what became of the first one. The
// only call that is ever made twice, and only where the account's owner relies on the refusal.
#pragma once

#include "kinds/purchase/last_look.hpp"
#include "kinds/run_context.hpp"
#include "providers/outcome.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace ulak::kinds {

/// One repeat of an ambiguous purchase. It holds one of the account's permits, and the gate records it with the effect
/// before the first byte. The effect stays ambiguous; the caller reconciles it by the answer. What rules a first call
/// rules a repetition, too: the body has to stay the same for the provider's guard, so the gate refuses the whole of it
/// when one recipient may not be messaged any more. Then the doubt stays, for other evidence or for a person.
class safe_repeat {
  public:
    safe_repeat(run_context& c, std::shared_ptr<providers::account> account, ledger::effect_record ambiguous,
                message_rules rules)
        : context_(c), account_(std::move(account)), ambiguous_(std::move(ambiguous)), rules_(std::move(rules))
    {}

    /// Waits for a permit. `refused_for`: how long the provider refuses duplicates.
    /// - errc::cancelled: the run was cancelled while it waited
    /// - errc::timed_out: the provider may not refuse it any more when it arrives
    task<result<void>> reserve(std::chrono::milliseconds refused_for);
    /// Valid as long as this object. Checks the time again at the last moment, and what `last_look` asks.
    providers::purchase_gate gate();

  private:
    bool is_still_refused() const;
    task<result<void>> record_repeat();
    task<> take_back(std::string evidence, const error& why);

    run_context& context_;
    std::shared_ptr<providers::account> account_;
    ledger::effect_record ambiguous_;
    message_rules rules_;
    std::chrono::milliseconds duplicate_window_{0};
    std::optional<async::permit> permit_{};
};

} // namespace ulak::kinds
