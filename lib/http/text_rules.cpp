#include "http/text_rules.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_token_letter(char c)
{
    bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

} // namespace

bool same_word(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view find_header(const header_list& headers, std::string_view wanted) noexcept
{
    auto same = [wanted](const auto& field) { return same_word(field.first, wanted); };
    auto found = std::ranges::find_if(headers, same);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

bool is_token(std::string_view text) noexcept
{
    return !text.empty() && std::ranges::all_of(text, is_token_letter);
}

bool is_header_value(std::string_view text) noexcept
{
    auto allowed = [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); };
    return std::ranges::all_of(text, allowed);
}

bool is_sound_head(std::string_view text) noexcept
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        char next = i + 1 < text.size() ? text[i + 1] : '\0';
        bool last = i + 1 == text.size();
        if (text[i] == '\0' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')))
            return false;
        if (text[i] == '\r' && !last && next != '\n')
            return false;
        if (text[i] == '\n' && !last && (next == ' ' || next == '\t'))
            return false;
    }
    return true;
}

bool is_visible_ascii(std::string_view text) noexcept
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace ulak::http
