// The reports of one order and of all in a range of days. Faults: report-misses-number, numbers-int, ids-text.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::iletimerkezi {

http::reply get_report(call& c);
http::reply get_reports(call& c);

} // namespace ulak::sim::iletimerkezi
