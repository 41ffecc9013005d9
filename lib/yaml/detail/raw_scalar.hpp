// How a scalar is written in the file, where the parser's decoded text does not show it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace ulak::yaml {

/// Just behind the closing quote of the scalar that opens at `offset`; nullopt if it never closes. yaml-cpp takes the
/// end of the file for a closing quote.
std::optional<std::size_t> end_of_quoted(std::string_view text, std::size_t offset) noexcept;

/// The first line of a plain scalar that begins with "- ": YAML makes it part of the text above. `value` is the decoded
/// text of the scalar that begins at `offset`.
std::optional<std::size_t> swallowed_item(std::string_view text, std::size_t offset, std::string_view value) noexcept;

/// Whether `~` or `null` is written at `offset`.
bool is_written_null(std::string_view text, std::size_t offset) noexcept;

/// The last byte before `offset` that is neither blank nor comment; `offset` itself if there is none.
std::size_t last_significant_before(std::string_view text, std::size_t offset) noexcept;

} // namespace ulak::yaml
