// The lines of a delivery report, which two providers write alike: {"number": …, "status": …}.
#pragma once

#include "providers/capability.hpp"
#include "providers/detail/json.hpp"

namespace ulak::providers {

/// Adds the lines of a list, or of one object that stands for a list of one. Numbers may be texts or integers, with or
/// without +90; what no Turkish mobile number can be read from stays as it came.
void add_report_entries(sms_report& report, const json_value* list, sms_report::delivery_state (*state_of)(std::string_view word));

std::size_t count_waiting(const sms_report& report) noexcept;

} // namespace ulak::providers
