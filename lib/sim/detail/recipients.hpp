// Recipients as SMS providers take them apart.
#pragma once

#include "sim/detail/call.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

/// Ten digits that begin with 5.
std::optional<std::uint64_t> parse_strict_number(std::string_view text);
/// Whatever can be brought to ten digits: +90, 0090, 90, 0 before; blanks and signs between.
std::optional<std::uint64_t> parse_loose_number(std::string_view text);

/// Writes down a number that stands twice in one send.
void check_duplicates(call& c, const std::vector<std::uint64_t>& numbers);

/// ["5551112233", …]
json::value number_texts(const std::vector<std::uint64_t>& numbers);

/// "5551112233" for a sentence: "555***2233".
std::string masked_number(std::string_view text);

/// Three to eleven ASCII letters, digits, blanks or "*-."; one of the approved ones where some are named.
bool is_sender_approved(const call& c, std::string_view sender);
bool is_sender_well_formed(std::string_view sender);

} // namespace ulak::sim
