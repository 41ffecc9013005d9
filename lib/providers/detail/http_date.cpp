#include "providers/detail/http_date.hpp"

#include <array>
#include <charconv>

namespace ulak::providers {
namespace {

constexpr std::size_t date_length = std::string_view("Sun, 06 Nov 1994 08:49:37 GMT").size();

std::optional<int> number(std::string_view text, std::size_t at, std::size_t digits)
{
    int value = 0;
    const char* first = text.data() + at;
    const auto [end, bad] = std::from_chars(first, first + digits, value);
    if (bad != std::errc() || end != first + digits || value < 0)
        return std::nullopt;
    return value;
}

std::optional<unsigned> month_of(std::string_view word)
{
    constexpr std::array<std::string_view, 12> names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (unsigned i = 0; i < names.size(); ++i)
        if (names[i] == word)
            return i + 1;
    return std::nullopt;
}

} // namespace

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text)
{
    using namespace std::chrono;
    if (text.size() != date_length || !text.ends_with(" GMT"))
        return std::nullopt;
    const auto d = number(text, 5, 2), y = number(text, 12, 4);
    const auto hour = number(text, 17, 2), minute = number(text, 20, 2), second = number(text, 23, 2);
    const auto m = month_of(text.substr(8, 3));
    if (!d || !y || !m || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    const year_month_day date(year(*y), month(*m), day(static_cast<unsigned>(*d)));
    if (!date.ok())
        return std::nullopt;
    return sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second);
}

} // namespace ulak::providers
