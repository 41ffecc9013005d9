// What a provider is asked for one chunk of recipients. Pure: the same chunk gives the same order, byte for byte.
#pragma once

#include "core/phone.hpp"
#include "kinds/purchase/message_rules.hpp"
#include "kinds/sms_send/measure.hpp"
#include "providers/capability.hpp"

#include <string>
#include <vector>

namespace ulak::kinds::sms {

providers::sms_order order_of(const settings& s, const measured_text& text, std::vector<phone> numbers);

/// A chunk as one order: each text once, in the order of its first recipient. `common` is the text of those who have
/// none of their own. errc::contract: one has neither.
result<providers::sms_order> order_of_chunk(const settings& s, const std::vector<ledger::item_record>& chunk,
                                            const std::optional<measured_text>& common, const text_limits& limits);

/// What has to hold when the order leaves: the opt-out list, the job's window and its `sent-within`, and
/// of a run that goes on with another, that no later run of the job reached them.
message_rules rules_of(const settings& s, const ledger::run_record& run, const std::vector<phone>& numbers);
/// Of a rehearsal: those who try a text for the job get it again and again.
message_rules rehearsal_rules_of(const settings& s, const std::vector<phone>& numbers);

/// Identifies sender, texts and numbers of an order in the ledger without showing them.
std::string digest_of(const providers::sms_order& order);

} // namespace ulak::kinds::sms
