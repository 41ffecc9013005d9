#include "events/redactor.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace ulak::events {
namespace {

constexpr std::size_t min_secret_bytes = 4;

std::uint32_t first_four_bytes(std::string_view text) noexcept
{
    std::uint32_t four = 0;
    std::memcpy(&four, text.data(), sizeof(four));
    return four;
}

/// Without the padding, which says nothing.
std::string base64(std::string_view bytes, char c62, char c63)
{
    std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    digits += {c62, c63};
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8 | static_cast<unsigned char>(c)) & 0xffff;
        for (bits += 8; bits >= 6; bits -= 6)
            out += digits[held >> (bits - 6) & 63];
    }
    if (bits > 0)
        out += digits[held << (6 - bits) & 63];
    return out;
}

std::string to_upper(std::string text)
{
    for (auto& c : text)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return text;
}

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

} // namespace

struct redactor::decoded_text {
    std::string bytes{};
    std::vector<std::size_t> source_offsets{}; ///< of each byte, and of the end

    void append(char c, std::size_t from)
    {
        bytes += c;
        source_offsets.push_back(from);
    }
    void append_code_point(unsigned point, std::size_t from)
    {
        if (point < 0x80)
            return append(static_cast<char>(point), from);
        if (point < 0x800) {
            append(static_cast<char>(0xc0 | point >> 6), from);
            return append(static_cast<char>(0x80 | (point & 63)), from);
        }
        if (point < 0x10000) {
            append(static_cast<char>(0xe0 | point >> 12), from);
        } else {
            append(static_cast<char>(0xf0 | point >> 18), from);
            append(static_cast<char>(0x80 | (point >> 12 & 63)), from);
        }
        append(static_cast<char>(0x80 | (point >> 6 & 63)), from);
        append(static_cast<char>(0x80 | (point & 63)), from);
    }

    static decoded_text from_percent(std::string_view text, bool plus_is_blank);
    static decoded_text from_json(std::string_view text);
};

redactor::decoded_text redactor::decoded_text::from_percent(std::string_view text, bool plus_is_blank)
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

namespace {

struct json_escape {
    unsigned code_point = 0;
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

redactor::decoded_text redactor::decoded_text::from_json(std::string_view text)
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

void redactor::add_form(std::string form)
{
    first_bytes_.set(static_cast<unsigned char>(form[0]));
    auto& alike = forms_[first_four_bytes(form)];
    if (std::ranges::find(alike, form) != alike.end())
        return;
    const auto shorter = std::ranges::find_if(alike, [&](const auto& other) { return other.size() < form.size(); });
    alike.insert(shorter, std::move(form));
}

void redactor::add_secret(std::string_view secret)
{
    if (secret.size() < min_secret_bytes)
        return;
    const auto lower = hex(secret);
    for (auto form : {std::string(secret), lower, to_upper(lower), base64(secret, '+', '/'), base64(secret, '-', '_')})
        add_form(std::move(form));
}

void redactor::find_in(std::string_view text, const decoded_text* decoded, std::vector<span>& found) const
{
    for (std::size_t at = 0; at + min_secret_bytes <= text.size(); ++at) {
        if (!first_bytes_[static_cast<unsigned char>(text[at])])
            continue;
        const auto alike = forms_.find(first_four_bytes(text.substr(at)));
        if (alike == forms_.end())
            continue;
        for (const auto& form : alike->second)
            if (text.substr(at).starts_with(form)) {
                const auto end = at + form.size();
                found.push_back(decoded ? span{decoded->source_offsets[at], decoded->source_offsets[end]} : span{at, end});
                break;
            }
    }
}

std::vector<redactor::span> redactor::find_all(std::string_view text) const
{
    std::vector<span> found;
    if (forms_.empty())
        return found;
    find_in(text, nullptr, found);
    auto look_into = [&](const decoded_text& decoded) { find_in(decoded.bytes, &decoded, found); };
    if (text.find('%') != std::string_view::npos || text.find('+') != std::string_view::npos) {
        look_into(decoded_text::from_percent(text, false));
        look_into(decoded_text::from_percent(text, true));
    }
    if (text.find('\\') != std::string_view::npos)
        look_into(decoded_text::from_json(text));
    std::ranges::sort(found, {}, &span::first);
    std::vector<span> apart;
    for (const auto& s : found) {
        if (apart.empty() || s.first >= apart.back().last)
            apart.push_back(s);
        else
            apart.back().last = std::max(apart.back().last, s.last);
    }
    return apart;
}

std::string redactor::replace_spans(std::string_view text, const std::vector<span>& secrets)
{
    std::string out;
    std::size_t done = 0;
    for (const auto& s : secrets) {
        out += text.substr(done, s.first - done);
        out += "***";
        done = s.last;
    }
    out += text.substr(done);
    return out;
}

std::string redactor::redact(std::string_view text) const
{
    std::string out(text);
    // What stands around a secret may be another one when the first is gone. A secret is longer than what takes its
    // place, so this comes to an end.
    for (auto found = find_all(out); !found.empty(); found = find_all(out))
        out = replace_spans(out, found);
    return out;
}

bool redactor::contains_secret(std::string_view text) const
{
    return !find_all(text).empty();
}

redactor& process_redactor()
{
    static redactor the_one;
    return the_one;
}

} // namespace ulak::events
