// The entries of a delivery report, which two providers write alike: {"number": …, "status": …}.
#pragma once

#include "providers/detail/json_value.hpp"
#include "providers/sms_sender.hpp"

namespace ulak::providers {

/// Adds the entries of a list, or of one object that stands for a list of one. Numbers may be texts or integers, with
/// or without +90; a number that is not a Turkish mobile one stays as it came. Entries without a number are left out.
void add_report_entries(sms_report& report, const json_value* list,
                        sms_report::delivery_state (*state_of)(std::string_view word));

/// What a report says that an order costs, written with a point or a comma: 2, "0.0372", "0,0372". Nothing for what is
/// no amount, or a negative one.
std::optional<decimal> read_cost(const json_value* v);

std::size_t count_waiting(const sms_report& report) noexcept;

} // namespace ulak::providers
