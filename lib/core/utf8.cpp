#include "core/utf8.hpp"

namespace ulak {
namespace {

struct lead_byte {
    std::size_t length;
    char32_t bits;
    char32_t least; // below it the form is not the shortest one
};

lead_byte decode_lead(unsigned char byte) noexcept
{
    if (byte < 0x80)
        return {1, byte, 0};
    if (byte >= 0xC2 && byte < 0xE0)
        return {2, byte & 0x1Fu, 0x80};
    if (byte >= 0xE0 && byte < 0xF0)
        return {3, byte & 0x0Fu, 0x800};
    if (byte >= 0xF0 && byte < 0xF5)
        return {4, byte & 0x07u, 0x10000};
    return {0, 0, 0};
}

bool is_scalar(char32_t point) noexcept
{
    return point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

} // namespace

std::optional<utf8_code_point> decode_first(std::string_view text) noexcept
{
    if (text.empty())
        return std::nullopt;
    auto [length, point, least] = decode_lead(static_cast<unsigned char>(text.front()));
    if (length == 0 || length > text.size())
        return std::nullopt;
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0u) != 0x80u)
            return std::nullopt;
        point = (point << 6) | (byte & 0x3Fu);
    }
    if (point < least || !is_scalar(point))
        return std::nullopt;
    return utf8_code_point{point, length};
}

std::optional<std::u32string> decode_utf8(std::string_view text)
{
    std::u32string letters;
    letters.reserve(text.size());
    while (!text.empty()) {
        const auto letter = decode_first(text);
        if (!letter)
            return std::nullopt;
        letters.push_back(letter->value);
        text.remove_prefix(letter->length);
    }
    return letters;
}

std::string to_valid_utf8(std::string text)
{
    std::string_view rest = text;
    while (const auto letter = decode_first(rest))
        rest.remove_prefix(letter->length);
    if (rest.empty())
        return text;
    std::string out(text, 0, text.size() - rest.size());
    while (!rest.empty()) {
        const auto letter = decode_first(rest);
        out += letter ? rest.substr(0, letter->length) : std::string_view("\xEF\xBF\xBD");
        rest.remove_prefix(letter ? letter->length : 1);
    }
    return out;
}

void append_utf8(std::string& out, char32_t point)
{
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

} // namespace ulak
