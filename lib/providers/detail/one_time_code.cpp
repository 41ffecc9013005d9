#include "providers/detail/one_time_code.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

namespace ulak::providers {
namespace {

constexpr std::size_t max_code_length = 16;
constexpr std::size_t min_group = 4, max_group = 8;

bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_zero(std::string_view digits) noexcept
{
    return digits.find_first_not_of('0') == std::string_view::npos;
}

// "123-456" is 123456: digits with separators between them; empty for everything else.
std::string joined_digits(std::string_view text)
{
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool between = i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
        if (is_digit(text[i]))
            digits.push_back(text[i]);
        else if (!between || (text[i] != '-' && text[i] != ' '))
            return {};
    }
    return digits;
}

// Digits of other scripts are no ASCII.
bool may_hold_digits(std::string_view text) noexcept
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return is_digit(c) || static_cast<unsigned char>(c) >= 0x80; });
}

// A code of letters and digits; in "KOD731904" the digits alone are one, and who reads messages finds them.
bool is_mixed_code(std::string_view text) noexcept
{
    std::size_t run = 0, longest = 0;
    for (const char c : text) {
        if (!is_digit(c) && !is_letter(c))
            return false;
        longest = std::max(longest, run = is_digit(c) ? run + 1 : 0);
    }
    return text.size() <= max_code_length && longest < min_group;
}

std::optional<found_code> find_code_in_text(std::string_view text, code_letters letters)
{
    if (text.empty() || text == "-1" || text == "0" || (letters == code_letters::digits_only && !may_hold_digits(text)))
        return std::nullopt;
    found_code found;
    found.code = joined_digits(text);
    if (found.code.size() > max_code_length)
        found.code.clear();
    if (found.code.empty() && letters == code_letters::also_letters && is_mixed_code(text) && may_hold_digits(text))
        found.code = text;
    if (found.code.empty())
        found.text = text;
    return found;
}

/// "731904", and "731904.0" or "7.31904e5", as PHP writes what it took for a float.
std::string whole_number(const std::string& literal)
{
    if (std::all_of(literal.begin(), literal.end(), is_digit))
        return literal;
    double value = 0;
    const auto [end, failed] = std::from_chars(literal.data(), literal.data() + literal.size(), value);
    constexpr double most = 1e15; // up to here each whole number is exact
    const bool whole = failed == std::errc() && end == literal.data() + literal.size() && value > 0 && value < most &&
                       std::floor(value) == value;
    return whole ? std::to_string(static_cast<std::int64_t>(value)) : std::string();
}

std::optional<found_code> find_code_in_number(const std::string& literal)
{
    const std::string digits = whole_number(literal);
    if (digits.empty() || digits.size() > max_code_length || is_zero(digits))
        return std::nullopt;
    found_code found;
    found.code = digits;
    found.numeric = true;
    return found;
}

} // namespace

std::optional<found_code> find_code(const json_value* v, code_letters letters)
{
    if (!v)
        return std::nullopt;
    if (v->kind == json_value::type::number)
        return find_code_in_number(v->text);
    if (v->kind == json_value::type::string)
        return find_code_in_text(trim(v->text), letters);
    return std::nullopt;
}

bool has_digit_group(std::string_view text) noexcept
{
    std::size_t run = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && is_digit(text[i])) {
            ++run;
            continue;
        }
        if (run >= min_group && run <= max_group)
            return true;
        run = 0;
    }
    return false;
}

} // namespace ulak::providers
