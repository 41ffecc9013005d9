// How a run ends that came to its end by itself: by whom it reached. Pure.
#pragma once

#include "kinds/kind.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace ulak::kinds::sms {

/// The codes of runs that did not reach everybody, and of one whose reports miss people or money.
inline constexpr char nobody[] = "nobody", partly[] = "partly", mismatch[] = "mismatch";

/// Recipients whose message the provider took.
std::int64_t accepted_recipients(const ledger::item_counts& counts) noexcept;

///   reports miss people or money     attention, `mismatch`
///   nobody was sent to               failed, `nobody`
///   the provider refused somebody    failed, `partly`
///   else                             succeeded
/// `grave_reports`: what reports say otherwise than what was sent, by queue.
ending ending_of_reached(const ledger::item_counts& counts, const std::map<std::string, std::string>& grave_reports);

} // namespace ulak::kinds::sms
