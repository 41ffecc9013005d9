#include "core/text.hpp"

#include "core/utf8.hpp"

#include <algorithm>

namespace ulak {
namespace {

// The second and later bytes of a code point.
bool is_continuation(char c) noexcept
{
    return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

} // namespace

bool is_valid_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        const auto letter = decode_first(text);
        if (!letter)
            return false;
        text.remove_prefix(letter->length);
    }
    return true;
}

std::string_view first_code_points(std::string_view utf8, std::size_t count) noexcept
{
    std::size_t at = 0;
    for (; count > 0 && at < utf8.size(); --count)
        do
            ++at;
        while (at < utf8.size() && is_continuation(utf8[at]));
    return utf8.substr(0, at);
}

std::size_t count_code_points(std::string_view utf8) noexcept
{
    return utf8.size() - static_cast<std::size_t>(std::ranges::count_if(utf8, is_continuation));
}

std::string_view trim(std::string_view text) noexcept
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

void append_joined(std::string& text, std::string_view separator, std::string_view next)
{
    if (!text.empty())
        text += separator;
    text += next;
}

std::string joined(std::string_view first, std::string_view separator, std::string_view second)
{
    std::string all(first);
    if (!second.empty())
        append_joined(all, separator, second);
    return all;
}

std::string hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 0x0F]);
    }
    return out;
}

std::string counted(std::size_t n, std::string_view thing)
{
    auto text = std::to_string(n).append(" ").append(thing);
    return n == 1 ? text : text + 's';
}

} // namespace ulak
