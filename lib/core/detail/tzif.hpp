// Reads what libdate leaves out of a compiled time zone file.
#pragma once

#include <string_view>

namespace ulak {

/// Whether the last line of a TZif file (RFC 9636 section 3.3), the rule for times behind its last transition, changes
/// to daylight saving and back: "CET-1CEST,M3.5.0,M10.5.0/3". A file without such a line has no rule.
bool has_dst_rule(std::string_view tzif) noexcept;

} // namespace ulak
