#include "core/money.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace ulak {
namespace {

constexpr std::string_view credits = "credits";

bool is_currency(std::string_view unit) noexcept
{
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return unit.size() == 3 && std::all_of(unit.begin(), unit.end(), capital);
}

// Every refusal says what to write instead.
error bad_unit(std::string_view unit)
{
    if (unit.empty())
        return error(errc::invalid_argument, "the unit is missing: write 12 TRY or 500 credits");
    const auto shown = "\"" + printable(unit, 40) + "\" is not a unit";
    const auto low = lower_ascii(unit);
    if (low == "tl" || unit == "₺")
        return error(errc::invalid_argument, shown + ": write TRY");
    if (low == "credit" || low == credits)
        return error(errc::invalid_argument, shown + ": write credits");
    return error(errc::invalid_argument, shown + ": write credits or a currency in three capitals, such as TRY or USD");
}

} // namespace

result<money> money::parse(std::string_view text)
{
    const auto whole = trim(text);
    const auto blank = whole.find_first_of(" \t");
    const auto amount = decimal::parse(whole.substr(0, blank));
    if (!amount)
        return amount.error();
    const auto unit = blank == std::string_view::npos ? std::string_view() : trim(whole.substr(blank));
    if (unit != credits && !is_currency(unit))
        return bad_unit(unit);
    return money(*amount, std::string(unit));
}

std::string money::amount_text() const
{
    return amount.text(unit == credits ? 0 : 2);
}

std::string money::text() const
{
    return unit.empty() ? amount_text() : amount_text() + " " + unit;
}

std::ostream& operator<<(std::ostream& out, const money& m)
{
    return out << m.text();
}

} // namespace ulak
