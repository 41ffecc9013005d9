// Numbers as integers: a list of millions fits into memory.
#pragma once

#include "kinds/run_context.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <string>

namespace ulak::kinds::sms {

using phone_set = boost::unordered_flat_set<std::uint64_t>;

/// The ten digits of a normalised number; what is no number becomes 0.
std::uint64_t phone_key(const std::string& ten_digits) noexcept;

/// The opt-out list as it is now, for the listing of recipients. Who may be messaged in the end is asked in the gate
/// (`message_rules`): no copy of the list decides about a call. Errors are those of the store.
task<result<phone_set>> read_suppressed(run_context& c);

} // namespace ulak::kinds::sms
