#include "core/currency.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ulak {
namespace {

using named = std::pair<std::string_view, std::string_view>;

// In lower case.
constexpr std::array signs{named{"₺", "TRY"},          named{"tl", "TRY"},          named{"ytl", "TRY"},
                           named{"lira", "TRY"},       named{"türk lirası", "TRY"}, named{"$", "USD"},
                           named{"us$", "USD"},        named{"dolar", "USD"},       named{"dollar", "USD"},
                           named{"€", "EUR"},          named{"euro", "EUR"},        named{"£", "GBP"},
                           named{"credit", "credits"}, named{"credits", "credits"}, named{"kredi", "credits"}};

bool is_letter(char c) noexcept
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

} // namespace

std::string normal_unit(std::string_view said)
{
    const auto text = trim(said);
    for (const auto& [sign, unit] : signs)
        if (lower_ascii(text) == sign || turkish_lower(text) == sign)
            return std::string(unit);
    std::string unit(text);
    if (unit.size() == 3 && std::all_of(unit.begin(), unit.end(), is_letter))
        std::transform(unit.begin(), unit.end(), unit.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return unit;
}

} // namespace ulak
