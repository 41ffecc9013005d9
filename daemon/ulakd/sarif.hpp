// Writes a check's problems for code hosts and editors: SARIF 2.1.0 (OASIS).
#pragma once

#include "ulakd/check.hpp"

namespace ulak::daemon {

/// One run of one tool; each problem is a result with its code as `ruleId`, its place (columns count letters) and its
/// line as snippet. A problem of a whole file has no region.
std::string check_sarif(const check_report& report);

} // namespace ulak::daemon
