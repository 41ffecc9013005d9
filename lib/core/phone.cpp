#include "core/phone.hpp"

#include "core/number_search.hpp"
#include "core/phone_signs.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"

#include <algorithm>

namespace ulak {
namespace {

constexpr std::size_t national_digits = 10;

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
