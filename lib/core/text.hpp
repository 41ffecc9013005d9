// Small functions on texts that several modules need.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ulak {

bool is_valid_utf8(std::string_view text) noexcept;
std::size_t count_code_points(std::string_view utf8) noexcept; ///< code points

/// Drops blanks, tabs and line ends from both sides.
std::string_view trim(std::string_view text) noexcept;
std::vector<std::string_view> split(std::string_view text, char separator);
std::string lower_ascii(std::string_view text);

/// Appends `next`, behind `separator` unless `text` is still empty: makes lists such as "a, b, c" in a loop.
void append_joined(std::string& text, std::string_view separator, std::string_view next);

/// Two texts with `separator` between them; where one is empty, the other alone.
std::string joined(std::string_view first, std::string_view separator, std::string_view second);

/// All parts with `separator` between them. `text_of` makes a text of a part: join(numbers, ",", &phone::digits).
template<class Parts, class TextOf = std::identity>
std::string join(const Parts& parts, std::string_view separator, TextOf text_of = {})
{
    std::string all;
    for (const auto& part : parts)
        append_joined(all, separator, std::invoke(text_of, part));
    return all;
}

/// Upper and lower case by Turkish rules (i → İ, ı → I); other letters outside ASCII as far as Latin-1 and Latin
/// Extended-A go.
std::string turkish_upper(std::string_view utf8);
std::string turkish_lower(std::string_view utf8);

/// The candidate with the least edits, if that is few enough to be a slip.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// Control characters, terminal escapes and invalid UTF-8 made visible, so that a provider's text cannot act on a
/// terminal or break a log line. At most `limit` bytes, with "…" where it was cut.
std::string printable(std::string_view text, std::size_t limit = 512);

std::string hex(std::string_view bytes);

/// "1 job", "2 jobs".
std::string counted(std::size_t n, std::string_view thing);

} // namespace ulak
