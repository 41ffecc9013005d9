#include "http/detail/http_grammar.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Counts in blocks whose count fits into a byte, so that the compiler can compare many bytes at once.
std::size_t count(std::string_view text, char wanted)
{
    std::size_t total = 0;
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), 255))) {
        unsigned char some = 0;
        for (char c : text.substr(0, 255))
            some = static_cast<unsigned char>(some + (c == wanted ? 1 : 0));
        total += some;
    }
    return total;
}

bool is_token_char(char c)
{
    bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

} // namespace

bool equals_ignore_case(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool is_token(std::string_view text) noexcept
{
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool is_field_value(std::string_view text) noexcept
{
    auto allowed = [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); };
    return std::ranges::all_of(text, allowed);
}

// Called for every header, and again for every piece of one that comes slowly.
bool is_valid_header_block(std::string_view text) noexcept
{
    std::size_t ends = 0;
    for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', end + 1), ++ends) {
        char next = end + 1 < text.size() ? text[end + 1] : '\0';
        if (end == 0 || text[end - 1] != '\r' || next == ' ' || next == '\t')
            return false;
    }
    // Each line end has one CR. More are stray, except for a last one whose LF has not come yet.
    std::size_t open = text.ends_with('\r') ? 1 : 0;
    return count(text, '\r') == ends + open && text.find('\0') == text.npos;
}

bool is_visible_ascii(std::string_view text) noexcept
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace ulak::http
