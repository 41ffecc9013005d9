// What one exchange says about the account that made it: the circuit breaker's input. Pure.
#pragma once

#include "http/message.hpp"
#include "providers/detail/retry_policy.hpp"

#include <string>

namespace ulak::providers {

/// | exchange                                              | result        |
/// | answer below 500 that does not refuse the login       | success       |
/// | 401, 403, or a refusal that `check` or the policy sees | login_refused |
/// | 5xx; resolve, connect, TLS, connection or framing failed; timed out | failure |
/// | 429                                                   | success, but neutral while suspended |
/// | cancelled, refused by us, or no connection got free   | neutral       |
/// `check` is the caller's own reading of the answer (send_options::check); null: the policy's is used, on short
/// answers.
call_result call_result_of(const http::exchange& e, const http::response_check* check, const retry_policy& policy);

/// For people: "HTTP 502", or the error's message with secrets removed.
std::string reason_of(const http::exchange& e);

} // namespace ulak::providers
