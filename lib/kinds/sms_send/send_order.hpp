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

/// What has to hold when the order leaves: the opt-out list, the job's window and its `sent-within`.
message_rules rules_of(const settings& s, const std::vector<phone>& numbers);
/// Of a rehearsal: those who try a text for the job get it again and again.
message_rules rehearsal_rules_of(const settings& s, const std::vector<phone>& numbers);

/// Identifies sender, text and numbers of an order in the ledger without showing them.
std::string digest_of(const providers::sms_order& order);

} // namespace ulak::kinds::sms
