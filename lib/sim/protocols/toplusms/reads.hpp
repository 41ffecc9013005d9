// The operations that change nothing: the report of a send and the account's profile.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::toplusms {

/// One send with all its recipients. Faults: report-misses-number, status-missing, ids-int.
http::reply report(call& c);
/// With a key it shows some more fields than with Basic credentials.
http::reply profile(call& c);

} // namespace ulak::sim::toplusms
