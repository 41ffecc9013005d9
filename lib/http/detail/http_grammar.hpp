// Which characters HTTP allows where, and how fields are searched; shared by both ends of a connection.
#pragma once

#include <algorithm>
#include <string_view>

namespace ulak::http {

bool equals_ignore_case(std::string_view a, std::string_view b) noexcept; ///< ASCII letters only

bool is_token(std::string_view text) noexcept;       ///< a header's name, a method
bool is_field_value(std::string_view text) noexcept; ///< no control characters but the tab
/// No line end but CR LF, no NUL, no line that continues the one before. `text` is all that came so far of a header.
bool is_valid_header_block(std::string_view text) noexcept;
bool is_visible_ascii(std::string_view text) noexcept; ///< a request target

/// The first value of that name, in any case; empty if there is none. `fields` is any range of (name, value).
template<class Fields>
std::string_view find_header(const Fields& fields, std::string_view wanted) noexcept
{
    for (const auto& [name, value] : fields)
        if (name.size() == wanted.size() && equals_ignore_case(name, wanted)) // most names differ in size
            return value;
    return {};
}

/// Whether the body's end is certain: no Transfer-Encoding at all, or exactly one that says "chunked", and only in
/// HTTP/1.1, which defines it. Beast understands more codings than it decodes. `version`: 10 or 11.
template<class Fields>
bool is_valid_transfer_coding(const Fields& fields, int version) noexcept
{
    constexpr std::string_view field = "transfer-encoding";
    int codings = 0;
    bool chunked = true;
    for (const auto& [name, value] : fields) {
        if (name.size() != field.size() || !equals_ignore_case(name, field))
            continue;
        ++codings;
        chunked = chunked && equals_ignore_case(value, "chunked");
    }
    return codings == 0 || (codings == 1 && version == 11 && chunked);
}

} // namespace ulak::http
