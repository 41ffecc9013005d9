#include "core/phone.hpp"

#include "core/number_search.hpp"
#include "core/phone_signs.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"

#include <algorithm>

namespace ulak {
namespace {

constexpr std::size_t national_digits = 10;

/// What a spreadsheet puts around a number so that it keeps its zero: ="0555…", '0555….
std::string_view unwrapped(std::string_view text)
{
    text = trim(text);
    if (text.starts_with("=\"") && text.ends_with('"') && text.size() > 3)
        return text.substr(2, text.size() - 3);
    if (text.starts_with('=') || text.starts_with('\''))
        return text.substr(1);
    return text;
}

/// "5551112233.0": a number that went through a column of decimals.
std::string_view without_decimals(std::string_view text)
{
    const auto point = text.find('.');
    const auto zeros = text.substr(std::min(point, text.size()));
    const bool whole = point != text.npos && zeros.size() > 1 && zeros.find_first_not_of('0', 1) == zeros.npos;
    const auto digits = text.substr(text.starts_with('+') ? 1 : 0, point);
    return whole && digits.find_first_not_of("0123456789+") == digits.npos ? text.substr(0, point) : text;
}

/// Dots join groups as people write them, 555.111.22.33 or 555.1112233; what looks like a decimal is none.
bool is_decimal(std::string_view text)
{
    constexpr std::size_t shortest_behind_one_dot = 7;
    const auto dots = std::ranges::count(text, '.');
    if (dots == 0)
        return false;
    const auto behind = text.substr(text.rfind('.') + 1);
    const auto digits = std::ranges::count_if(behind, [](char c) { return c >= '0' && c <= '9'; });
    if (dots == 1)
        return static_cast<std::size_t>(digits) < shortest_behind_one_dot && text.find_first_of(" -()/") == text.npos;
    return digits < 2;
}

bool is_scientific(std::string_view text)
{
    const auto e = text.find_first_of("eE");
    return e != text.npos && e > 0 && text.find_first_not_of("0123456789.,+-eE") == text.npos;
}

// Digits, with one plus in front if there was one. Full-width forms come from East Asian keyboards and spreadsheets.
result<std::string> keep_digits(std::string_view text)
{
    std::string kept;
    while (!text.empty()) {
        const auto letter = decode_first(text);
        if (!letter)
            return error(errc::invalid_argument, "is not valid UTF-8");
        const auto c = letter->value >= 0xFF0B && letter->value <= 0xFF19 ? letter->value - 0xFEE0 : letter->value;
        if ((c >= U'0' && c <= U'9') || (c == U'+' && kept.empty()))
            kept.push_back(static_cast<char>(c));
        else if (!is_number_separator(c) && !is_number_separator(letter->value))
            return error(errc::invalid_argument,
                         "holds \"" + printable(text.substr(0, letter->length)) + "\", which no phone number does");
        text.remove_prefix(letter->length);
    }
    return kept;
}

// The digits behind the country code; an error for the code of another country.
result<std::string_view> strip_country_code(std::string_view digits)
{
    const bool plus = digits.starts_with('+');
    const bool zeros = digits.starts_with("00");
    if (!plus && !zeros) {
        const bool coded = digits.starts_with("90") && digits.size() > national_digits;
        return digits.substr(coded ? 2 : 0);
    }
    digits.remove_prefix(plus ? 1 : 2);
    if (!digits.starts_with("90"))
        return error(errc::invalid_argument, "is not a number of Turkey, which begin with +90");
    return digits.substr(2);
}

} // namespace

result<phone> phone::parse(std::string_view text)
{
    text = without_decimals(unwrapped(text));
    if (is_scientific(text))
        return error(errc::invalid_argument, "is shortened by a spreadsheet, as 5.55E+09 is: make its column text");
    if (is_decimal(text))
        return error(errc::invalid_argument, "is a decimal number");
    const auto kept = keep_digits(text);
    if (!kept)
        return kept.error();
    if (kept->empty())
        return error(errc::invalid_argument, "is empty");
    const auto behind = strip_country_code(*kept);
    if (!behind)
        return behind.error();
    auto national = *behind;
    if (national.starts_with('0'))
        national.remove_prefix(1);
    if (national.size() != national_digits)
        return error(errc::invalid_argument, std::to_string(national.size()) + " digits, 10 are needed");
    if (national.front() != '5')
        return error(errc::invalid_argument,
                     std::string("begins with ") + national.front() + ", a Turkish mobile number begins with 5");
    return phone(std::string(national));
}

std::string phone::masked() const
{
    return mask_number(digits_);
}

std::string mask_number(std::string_view number)
{
    constexpr std::string_view stars = "***";
    constexpr std::size_t head = 3, tail = 4, hidden = 3; // fewer hidden digits could be guessed
    const auto ascii = [](char c) { return c >= ' ' && c <= '~'; };
    if (number.size() < head + hidden || !std::all_of(number.begin(), number.end(), ascii))
        return std::string(stars);
    if (number.size() < head + hidden + tail)
        return std::string(stars).append(number.substr(number.size() - 2));
    return std::string(number.substr(0, head)).append(stars).append(number.substr(number.size() - tail));
}

std::string mask_long_numbers(std::string_view text)
{
    std::string out;
    std::size_t done = 0;
    for (const found_number& n : find_numbers(text)) {
        out.append(text.substr(done, n.first - done)).append(mask_number(n.digits));
        done = n.last;
    }
    return out.append(text.substr(done));
}

} // namespace ulak
