// iletimerkezi's own codes, as its public document of status codes lists them.
#pragma once

#include "core/error.hpp"

#include <cstdint>

namespace ulak::providers::iletimerkezi::wire {

inline constexpr std::int64_t status_ok = 200;
// of an order
inline constexpr std::int64_t order_finished = 114, order_failed = 115;
// of a message
inline constexpr std::int64_t message_delivered = 111, message_undelivered = 112;
// refusals of an order for some of its recipients: "also when blacklisted", and one that is no mobile number
inline constexpr std::int64_t bad_recipients = 452, bad_number = 466;
// refusals that are not failures
inline constexpr std::int64_t not_found_or_too_late = 455, not_due_yet = 456;

/// What a code other than `status_ok` means. Unknown ones: errc::contract.
errc errc_of_code(std::int64_t code) noexcept;

} // namespace ulak::providers::iletimerkezi::wire
