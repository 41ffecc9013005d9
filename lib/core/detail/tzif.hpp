// Reads what libdate leaves out of a compiled time zone file.
#pragma once

#include <string_view>

namespace ulak {

/// The last line of a TZif file (RFC 9636 section 3.3), the rule for times behind its last transition:
/// "CET-1CEST,M3.5.0,M10.5.0/3". Empty: there is none.
std::string_view last_line(std::string_view tzif) noexcept;

} // namespace ulak
