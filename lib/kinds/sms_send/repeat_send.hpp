// A send in doubt, asked again where the provider refuses the same one twice.
#pragma once

#include "kinds/run_context.hpp"
#include "providers/capability.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::sms {

/// What the provider says to the same order again.
struct repeat_answer {
    explicit repeat_answer(std::string evidence_ = {}) : evidence(std::move(evidence_)) {}

    std::string queue{};       ///< the first one was lost, this one is taken
    bool was_duplicate = false; ///< refused as a duplicate: the first one was taken
    std::string evidence;
};

/// Whether the account's owner relies on the provider to refuse the same order twice.
bool can_repeat(const providers::account& who) noexcept;

task<repeat_answer> repeat_send(run_context& c, std::shared_ptr<providers::account> who, ledger::effect_record lost,
                                providers::sms_order order);

/// The recipients of a call that is under way, in doubt or written off, of any run, in their order, and their numbers.
task<result<std::vector<ledger::item_record>>> items_of(run_context& c, ledger::effect_record call);
std::vector<phone> numbers_of(const std::vector<ledger::item_record>& items);

} // namespace ulak::kinds::sms
