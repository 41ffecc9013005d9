// Repeats an ambiguous send where the provider refuses the same order twice: the answer tells what became of the first.
#pragma once

#include "kinds/purchase/message_rules.hpp"
#include "kinds/run_context.hpp"
#include "providers/capability.hpp"

#include <memory>
#include <string>
#include <utility>

namespace ulak::kinds::sms {

/// The provider's answer to the same order again.
struct repeat_answer {
    explicit repeat_answer(std::string evidence_ = {}) : evidence(std::move(evidence_)) {}

    std::string queue{};        ///< not empty: the first order was lost, and this one is accepted
    bool was_duplicate = false; ///< refused as a duplicate: the first order was accepted
    std::string evidence;
};

/// Whether the account's owner relies on the provider to refuse the same order twice.
bool can_repeat(const providers::account& account) noexcept;

/// Sends `order`, which has to be the one of `call` byte for byte, at most once more, and only while `rules` hold for
/// all of it. Neither queue nor duplicate: the call stays ambiguous, and the evidence says why.
task<repeat_answer> repeat_send(run_context& c, std::shared_ptr<providers::account> account, ledger::effect_record call,
                                providers::sms_order order, message_rules rules);

} // namespace ulak::kinds::sms
