// Small functions on texts that several modules need; case, slips and harmless forms come with it.
#pragma once

#include "core/letter_case.hpp"
#include "core/nearest.hpp"
#include "core/printable.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak {

/// Whether the text is UTF-8 in its shortest form, without surrogates.
bool is_valid_utf8(std::string_view text) noexcept;
/// What people call letters, and what limits on texts count. Of invalid UTF-8: the bytes that could begin one.
std::size_t count_code_points(std::string_view utf8) noexcept;
/// The first `count` code points, or all of a shorter text.
std::string_view first_code_points(std::string_view utf8, std::size_t count) noexcept;

/// Drops blanks, tabs and line ends from both sides. The view is into `text`.
std::string_view trim(std::string_view text) noexcept;
/// The parts between separators, empty ones too: n separators give n + 1 parts. The views are into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);

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

/// Two lower case digits for each byte.
std::string hex(std::string_view bytes);

/// "1 job", "2 jobs".
std::string counted(std::size_t n, std::string_view thing);

} // namespace ulak
