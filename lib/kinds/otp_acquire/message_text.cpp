#include "kinds/otp_acquire/message_text.hpp"

#include "core/utf8.hpp"

#include <boost/regex.hpp>

#include <array>
#include <cstdlib>
#include <cwchar>
#include <utility>

namespace ulak::kinds::otp {
namespace {

/// The zero of each script whose digits come in messages; nine follow it.
constexpr std::array<wchar_t, 12> zeros{0x660, 0x6F0, 0x7C0, 0x966,  0x9E6,  0xA66,
                                        0xBE6, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10};

bool is_dash(wchar_t c)
{
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xAD || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D ||
           c == 0x2043;
}

bool is_blank(wchar_t c)
{
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 ||
           c == L'\t';
}

bool is_mark(wchar_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || c == 0x61C || (c >= 0xFE00 && c <= 0xFE0F) || c == L'\r';
}

wchar_t plain(wchar_t c)
{
    for (const wchar_t zero : zeros)
        if (c >= zero && c <= zero + 9)
            return static_cast<wchar_t>(L'0' + (c - zero));
    if (is_dash(c))
        return L'-';
    if (is_blank(c))
        return L' ';
    if (c >= 0xFF01 && c <= 0xFF5E && c != 0xFF0C && c != 0xFF0E) // full width; its comma ends a phrase
        return static_cast<wchar_t>(c - 0xFF01 + L'!');
    if (c == 0x66B || c == 0x66C) // Arabic separators
        return L',';
    if (c == 0x2018 || c == 0x2019)
        return L'\'';
    return c;
}

/// Of Latin letters with signs: the letter itself.
wchar_t without_sign(wchar_t c)
{
    static constexpr std::array<std::pair<std::wstring_view, wchar_t>, 17> letters{{{L"àáâãäåāăąảạấầẩẫậắằẳẵặ", L'a'},
                                                                                    {L"çćĉċč", L'c'},
                                                                                    {L"ďđ", L'd'},
                                                                                    {L"èéêëēĕėęěẻẽẹếềểễệ", L'e'},
                                                                                    {L"ĝğġģ", L'g'},
                                                                                    {L"ıìíîïĩīĭįỉị", L'i'},
                                                                                    {L"ķ", L'k'},
                                                                                    {L"ĺļľŀł", L'l'},
                                                                                    {L"ñńņň", L'n'},
                                                                                    {L"òóôõöøōŏőỏọốồổỗộơớờởỡợ", L'o'},
                                                                                    {L"ŕŗř", L'r'},
                                                                                    {L"śŝşšș", L's'},
                                                                                    {L"ţťŧț", L't'},
                                                                                    {L"ùúûüũūŭůűųủụưứừửữự", L'u'},
                                                                                    {L"ýÿŷỳỷỹỵ", L'y'},
                                                                                    {L"źżž", L'z'},
                                                                                    {L"ß", L's'}}};
    for (const auto& [with, without] : letters)
        if (with.find(c) != std::wstring_view::npos)
            return without;
    return c;
}

wchar_t folded(wchar_t c)
{
    if (c == 0x130)
        return L'i';
    if (c >= L'A' && c <= L'Z')
        return static_cast<wchar_t>(c + 0x20);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
        return without_sign(static_cast<wchar_t>(c + 0x20));
    if (c >= 0x100 && c <= 0x17F && c != 0x131 && c != 0x138) { // capitals are even, but in two stretches
        const bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
        return without_sign(static_cast<wchar_t>(odd == (c % 2 == 1) ? c + 1 : c));
    }
    return without_sign(c);
}

std::wstring decoded(std::string_view utf8)
{
    std::wstring out;
    while (!utf8.empty() && out.size() < longest_message) {
        const auto c = decode_first(utf8);
        out.push_back(c ? static_cast<wchar_t>(c->value) : L'\xFFFD');
        utf8.remove_prefix(c ? c->length : 1);
    }
    return out;
}

std::wstring without_html(const std::wstring& text)
{
    static const boost::wregex tag(L"<(?:/?[a-zA-Z][^<>]{0,200}|#)>"), number(L"&#(x?)([0-9a-fA-F]{1,6});");
    static const std::array<std::pair<const wchar_t*, const wchar_t*>, 6> names{
        {{L"&nbsp;", L" "}, {L"&quot;", L"\""}, {L"&lt;", L"<"}, {L"&gt;", L">"}, {L"&apos;", L"'"}, {L"&amp;", L"&"}}};
    std::wstring out = boost::regex_replace(text, tag, L" ");
    for (boost::wsmatch m; boost::regex_search(out, m, number);) {
        const auto value = std::wcstol(m[2].str().c_str(), nullptr, m[1].length() > 0 ? 16 : 10);
        const std::wstring letter(1, value > 0 && value < 0x10FFFF ? static_cast<wchar_t>(value) : L' ');
        out.replace(static_cast<std::size_t>(m.position()), static_cast<std::size_t>(m.length()), letter);
    }
    for (const auto& [name, letter] : names)
        for (auto at = out.find(name); at != std::wstring::npos; at = out.find(name))
            out.replace(at, std::wcslen(name), letter);
    return out;
}

} // namespace

message_text normalize_message(std::string_view utf8)
{
    message_text m;
    for (const wchar_t c : without_html(decoded(utf8)))
        if (!is_mark(c))
            m.text.push_back(plain(c));
    const auto first = m.text.find_first_not_of(L" \n\""), last = m.text.find_last_not_of(L" \n\"");
    m.text = first == std::wstring::npos ? std::wstring() : m.text.substr(first, last - first + 1);
    for (const wchar_t c : m.text)
        m.folded.push_back(folded(c));
    return m;
}

} // namespace ulak::kinds::otp
