// The two ways of sending. Faults: status-missing, status-present, queue-id-missing, drops-number, undelivered,
// report-never-completes, no-balance.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::toplusms {

/// sms/send/normal: a form with Basic credentials.
http::reply send_form(call& c);
/// sms/send: a URL with the key.
http::reply send_url(call& c);

} // namespace ulak::sim::toplusms
