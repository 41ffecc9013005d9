#include "events/detail/decoded_text.hpp"

#include "core/utf8.hpp"

#include <optional>

namespace ulak::events {
namespace {

/// The value of `count` hexadecimal digits, nullopt where there are none.
std::optional<unsigned> hex_value(std::string_view text, std::size_t count) noexcept
{
    if (text.size() < count)
        return std::nullopt;
    unsigned value = 0;
    for (const char c : text.substr(0, count)) {
        const bool digit = c >= '0' && c <= '9', low = c >= 'a' && c <= 'f', high = c >= 'A' && c <= 'F';
        if (!digit && !low && !high)
            return std::nullopt;
        value = value << 4 | static_cast<unsigned>(digit ? c - '0' : low ? c - 'a' + 10 : c - 'A' + 10);
    }
    return value;
}

struct json_escape {
    char32_t code_point = 0;
    std::size_t length = 0; ///< 0: not an escape
};

json_escape read_unicode(std::string_view text) noexcept
{
    const auto high = hex_value(text.substr(2), 4);
    if (!high)
        return {};
    if (*high >= 0xd800 && *high < 0xdc00 && text.substr(6, 2) == "\\u")
        if (const auto low = hex_value(text.substr(8), 4); low && *low >= 0xdc00 && *low < 0xe000)
            return {0x10000 + ((*high - 0xd800) << 10) + (*low - 0xdc00), 12};
    return {*high, 6};
}

json_escape read_escape(std::string_view text) noexcept
{
    if (text.size() < 2 || text[0] != '\\')
        return {};
    if (text[1] == 'u')
        return read_unicode(text);
    static constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
    const auto which = letters.find(text[1]);
    if (which == std::string_view::npos)
        return {};
    return {static_cast<unsigned char>(meanings[which]), 2};
}

} // namespace

void decoded_text::append(char c, std::size_t from)
{
    bytes += c;
    source_offsets.push_back(from);
}

void decoded_text::append_code_point(char32_t point, std::size_t from)
{
    append_utf8(bytes, point);
    source_offsets.resize(bytes.size(), from);
}

decoded_text decoded_text::from_percent(std::string_view text, bool plus_is_blank)
{
    decoded_text out;
    for (std::size_t i = 0; i < text.size();) {
        const auto value = text[i] == '%' ? hex_value(text.substr(i + 1), 2) : std::nullopt;
        out.append(value ? static_cast<char>(*value) : plus_is_blank && text[i] == '+' ? ' ' : text[i], i);
        i += value ? 3 : 1;
    }
    out.source_offsets.push_back(text.size());
    return out;
}

decoded_text decoded_text::from_json(std::string_view text)
{
    decoded_text out;
    for (std::size_t i = 0; i < text.size();) {
        const auto e = read_escape(text.substr(i));
        if (e.length == 0) {
            out.append(text[i], i);
            ++i;
            continue;
        }
        out.append_code_point(e.code_point, i);
        i += e.length;
    }
    out.source_offsets.push_back(text.size());
    return out;
}

} // namespace ulak::events
