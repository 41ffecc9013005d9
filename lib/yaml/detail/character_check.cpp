#include "yaml/detail/character_check.hpp"

#include "core/text.hpp"
#include "yaml/codes.hpp"

#include <algorithm>
#include <string>

namespace ulak::yaml {
namespace {

constexpr std::size_t max_reported_characters = 20;

/// C0 without tab and line feed, DEL, and C1 in its UTF-8 form (C2 80 … C2 9F).
bool is_control(std::string_view text, std::size_t i) noexcept
{
    auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20)
        return byte != '\t' && byte != '\n';
    if (byte == 0xC2 && i + 1 < text.size())
        return static_cast<unsigned char>(text[i + 1]) < 0xA0;
    return byte == 0x7F;
}

std::size_t sequence_length(unsigned char lead) noexcept
{
    if (lead < 0x80)
        return 1;
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

/// The first byte that does not belong to a well-formed letter.
std::size_t first_bad_byte(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        auto length = sequence_length(static_cast<unsigned char>(text[i]));
        if (!is_valid_utf8(text.substr(i, length)))
            return i;
        i += length;
    }
    return i;
}

std::string code_point(std::string_view text, std::size_t i)
{
    auto lead = static_cast<unsigned char>(text[i]);
    auto point = lead == 0xC2 ? static_cast<unsigned char>(text[i + 1]) : lead;
    return "U+00" + hex(std::string(1, static_cast<char>(point)));
}

} // namespace

bool check_characters(const source_text& source, problems& found)
{
    auto text = source.text();
    if (!is_valid_utf8(text)) {
        add_problem(found, source.problem_at(first_bad_byte(text), codes::not_utf8, "this is not UTF-8",
                                             "save the file as UTF-8"));
        return false;
    }
    std::size_t reported = 0;
    for (std::size_t i = 0; i < text.size() && reported < max_reported_characters; ++i) {
        auto line_end = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (line_end || !is_control(text, i))
            continue;
        ++reported;
        add_problem(found, source.problem_at(i, codes::control_character, "control character " + code_point(text, i),
                                             "delete it; it is not visible in most editors"));
    }
    return reported == 0;
}

bool has_control_character(std::string_view text) noexcept
{
    for (std::size_t i = 0; i < text.size(); ++i)
        if (is_control(text, i) && text[i] != '\r')
            return true;
    return false;
}

} // namespace ulak::yaml
