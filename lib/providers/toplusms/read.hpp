// What TopluSMS's answers say. Errors: errc::contract for what is neither a value nor a refusal, else the refusal's
// code.
#pragma once

#include "providers/toplusms/wire.hpp"

namespace ulak::providers::toplusms::wire {

enum class balance_field { credit, money };

/// The queue's id. "status" may be missing; an "errorCode" is a refusal even under "success".
result<sms_receipt> read_send(const http::response& r);
/// Unknown words are waiting. An answer about another queue: errc::contract.
result<sms_report> read_report(const http::response& r, std::string_view queue_id);
/// Reads the two balances only: the rest of this answer is the customer's identity and, by URL, the key itself.
result<money> read_balance(const http::response& r, balance_field which);

/// Whether a refusal is about some of the numbers, or about how many they are.
bool blames_recipients(const error& refusal);

/// Whether an answer says that the method, not the call, was wrong: 404 or 405.
bool rejects_method(const http::response& r);

} // namespace ulak::providers::toplusms::wire
