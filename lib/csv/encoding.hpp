// How the letters of a file that people made are written in bytes.
#pragma once

#include <optional>
#include <string_view>

namespace ulak::csv {

/// `automatic`: by the byte order mark, by the zeros of UTF-16, and as Windows-1254 from the first byte on that is not
/// UTF-8, where no letter before it was one.
enum class encoding { automatic, utf8, utf16, windows1254 };

/// "auto", "utf-8", "utf-16", "windows-1254"
std::string_view name(encoding e) noexcept;
std::optional<encoding> parse_encoding(std::string_view name) noexcept;

} // namespace ulak::csv
