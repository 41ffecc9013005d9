// Reads recipients and senders as the SMS providers do.
#pragma once

#include "sim/detail/call.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

/// Ten digits that begin with 5.
std::optional<std::uint64_t> parse_strict_number(std::string_view text);
/// Whatever can be brought to ten digits: with +90, 0090, 90 or 0 before them, and blanks and signs between.
std::optional<std::uint64_t> parse_loose_number(std::string_view text);

/// Records a mistake for a number that stands twice in one send.
void check_duplicates(call& c, const std::vector<std::uint64_t>& numbers);

/// ["5551112233", …]
json::value number_texts(const std::vector<std::uint64_t>& numbers);

/// A number as a mistake may show it: "555***2233".
std::string masked_number(std::string_view text);

/// Whether a send may have this sender: one of the approved titles where the options name some, else a well-formed one.
bool is_sender_approved(const call& c, std::string_view sender);
/// Three to eleven ASCII letters, digits, blanks or "*-.".
bool is_sender_well_formed(std::string_view sender);

} // namespace ulak::sim
