// What the letters of HTTP may be; shared by both ends of a connection.
#pragma once

#include "http/message.hpp"

#include <string_view>

namespace ulak::http {

bool equals_ignore_case(std::string_view a, std::string_view b) noexcept; ///< without regard to ASCII case

/// The first value of that name, in any case; empty if there is none.
std::string_view find_header(const header_list& headers, std::string_view wanted) noexcept;

bool is_token(std::string_view text) noexcept;        ///< a header's name, a method
bool is_field_value(std::string_view text) noexcept; ///< no control characters but the tab
/// No line end but CR LF, no NUL, no line that continues the one before. For all that came so far of a header block.
bool is_valid_header_block(std::string_view text) noexcept;
bool is_visible_ascii(std::string_view text) noexcept; ///< a request target

} // namespace ulak::http
