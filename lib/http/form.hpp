// Percent-encoding and form bodies.
#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

#include <string>
#include <string_view>

namespace ulak::http {

/// RFC 3986: all but letters, digits and "-._~" become %XX with upper-case digits. For path segments and query values.
std::string percent_encode(std::string_view text);
void append_percent_encoded(std::string& out, std::string_view text);
/// Also "+" as a blank where `plus_is_blank`. A broken escape: errc::invalid_argument.
result<std::string> percent_decode(std::string_view text, bool plus_is_blank = false);

/// application/x-www-form-urlencoded as PHP and browsers write it: blanks as "+".
std::string form_encode(const header_list& fields);
result<header_list> form_decode(std::string_view body);

/// multipart/form-data; the boundary is made so that it does not occur in any value.
struct multipart {
    std::string content_type;
    std::string body;
};
multipart multipart_encode(const header_list& fields);

} // namespace ulak::http
