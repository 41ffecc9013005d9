#include "sim/detail/civil_time.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace ulak::sim {
namespace {

namespace chrono = std::chrono;
constexpr chrono::hours turkish_offset{3};

std::string format_time(wall_point t, const char* format)
{
    auto day = chrono::floor<chrono::days>(t);
    chrono::year_month_day date(day);
    chrono::hh_mm_ss time(chrono::floor<chrono::seconds>(t - day));
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), format, static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return out.data();
}

struct date_parts {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;

    int* of(char letter)
    {
        switch (letter) {
        case 'Y': return &year;
        case 'm': return &month;
        case 'd': return &day;
        case 'H': return &hour;
        case 'i': return &minute;
        case 's': return &second;
        default: return nullptr;
        }
    }
};

bool read_digits(std::string_view& text, std::size_t count, int& value)
{
    if (text.size() < count)
        return false;
    value = 0;
    for (char c : text.substr(0, count)) {
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return true;
}

} // namespace

std::string turkish_time(wall_point t)
{
    return format_time(t + turkish_offset, "%04d-%02u-%02u %02d:%02d:%02d");
}

std::string laravel_time(wall_point t)
{
    auto out = format_time(t, "%04d-%02u-%02uT%02d:%02d:%02d");
    auto part = (t - chrono::floor<chrono::seconds>(t)).count();
    std::array<char, 16> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03d000Z", static_cast<int>(part));
    return out + fraction.data();
}

std::optional<wall_point> parse_turkish_time(std::string_view text, std::string_view pattern)
{
    date_parts p;
    for (char letter : pattern) {
        if (auto* field = p.of(letter)) {
            if (!read_digits(text, letter == 'Y' ? 4 : 2, *field))
                return std::nullopt;
        } else if (text.empty() || text.front() != letter) {
            return std::nullopt;
        } else {
            text.remove_prefix(1);
        }
    }
    chrono::year_month_day date(chrono::year(p.year), chrono::month(static_cast<unsigned>(p.month)),
                                chrono::day(static_cast<unsigned>(p.day)));
    if (!text.empty() || !date.ok() || p.hour > 23 || p.minute > 59 || p.second > 59)
        return std::nullopt;
    auto time = chrono::hours(p.hour) + chrono::minutes(p.minute) + chrono::seconds(p.second) - turkish_offset;
    return wall_point(chrono::sys_days(date).time_since_epoch() + time);
}

} // namespace ulak::sim
