// The envelope of Tamonay's answers: {"success": …, "message": …, "errors": …, "data": …}.
#pragma once

#include "http/message.hpp"
#include "providers/detail/json.hpp"

namespace ulak::providers::tamonay::wire {

/// The whole document of a success. "success" may be absent: a paginator has none. With `mend_codes`, as read_json.
/// Errors: the provider's refusal, by its status and wording; errc::contract for a form that is not known.
result<json_value> parse_body(const http::response& r, bool mend_codes = false);

} // namespace ulak::providers::tamonay::wire
