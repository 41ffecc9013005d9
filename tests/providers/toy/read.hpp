// What the toy provider's answers say. Errors: errc::contract for what is neither a value nor a refusal, else the
// refusal's code.
#pragma once

#include "providers/toy/wire.hpp"

namespace ulak::providers::toy::wire {

/// {"coins": "12"}
result<money> read_balance(const http::response& r);
/// {"id": 7}, or a refusal {"error": "…"}
result<sms_receipt> read_message(const http::response& r);
/// {"done": true, "to": [{"number": "5551112233", "status": "ok"}]}
result<sms_report> read_report(const http::response& r);

} // namespace ulak::providers::toy::wire
