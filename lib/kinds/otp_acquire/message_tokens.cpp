#include "kinds/otp_acquire/message_tokens.hpp"

#include <boost/regex.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ulak::kinds::otp {
namespace {

/// Letters of any script; what stands between words is not.
bool is_letter(wchar_t c)
{
    if (c < 0x80)
        return (c >= L'a' && c <= L'z') || (c >= L'A' && c <= L'Z') || c == L'/';
    const bool sign = c <= 0xBF || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
                      (c >= 0x3000 && c <= 0x3004) || (c >= 0x3007 && c <= 0x303F) || c == 0x60C || c == 0x61B ||
                      c == 0x61F || (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) ||
                      (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65);
    return !sign;
}

/// The digits behind or before a separator belong to an amount.
bool is_part_of_decimal(const std::wstring& text, const token& t)
{
    const bool before =
        t.begin >= 2 && (text[t.begin - 1] == L'.' || text[t.begin - 1] == L',') && is_digit(text[t.begin - 2]);
    const bool after = t.end + 1 < text.size() && text[t.end] == L'.' && is_digit(text[t.end + 1]);
    return before || after;
}

void add_numbers(const std::wstring& text, std::vector<token>& tokens)
{
    static const boost::wregex number(L"(?<![\\d\\x01])(?:\\d{3}[ -]\\d{3}|\\d{4} \\d{4}|\\d{2}[ -]\\d{2}[ "
                                      L"-]\\d{2}|\\d{3,4}-\\d{3,6}|\\d(?: \\d){3,9}|"
                                      L"\\d(?:-\\d){3,9}|\\d+)(?![\\d\\x01])");
    for (boost::wsregex_iterator it(text.begin(), text.end(), number), end; it != end; ++it) {
        token t;
        t.begin = static_cast<std::size_t>(it->position());
        t.end = t.begin + static_cast<std::size_t>(it->length());
        std::ranges::copy_if(it->str(), std::back_inserter(t.value), is_digit);
        t.candidate = t.value.size() >= fewest_digits && t.value.size() <= most_digits && !is_part_of_decimal(text, t);
        if (t.candidate)
            tokens.push_back(std::move(t));
    }
}

void add_words(const std::wstring& text, std::vector<token>& tokens)
{
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && is_letter(text[end]))
            ++end;
        if (end > i)
            tokens.push_back({i, end, false, {}});
        i = std::max(end, i + 1);
    }
}

} // namespace

bool is_digit(wchar_t c)
{
    return c >= L'0' && c <= L'9';
}

std::vector<token> find_tokens(const std::wstring& text)
{
    std::vector<token> tokens;
    add_numbers(text, tokens);
    add_words(text, tokens);
    std::ranges::sort(tokens, {}, &token::begin);
    return tokens;
}

} // namespace ulak::kinds::otp
