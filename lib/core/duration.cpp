#include "core/duration.hpp"

#include "core/printable.hpp"

#include <array>

namespace ulak {
namespace {

using std::chrono::milliseconds;

struct unit {
    std::string_view letters;
    std::int64_t ms;
};

// From large to small, which is also the order in which a text must use them.
constexpr std::array<unit, 5> units{{{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

// A hundred years: longer is a slip, and sums of a few of them with any time of day still cannot overflow.
constexpr std::int64_t max_duration_ms = 36'500 * units[0].ms;

error bad_duration(std::string_view text, const std::string& why)
{
    return error(errc::invalid_argument, "\"" + printable(text, 40) + "\" is not a duration: " + why +
                                             " (whole numbers with d, h, m, s or ms, such as 90s or 1h30m)");
}

std::string_view take_while(std::string_view& rest, bool digits)
{
    std::size_t n = 0;
    while (n < rest.size() && (rest[n] >= '0' && rest[n] <= '9') == digits)
        ++n;
    const auto taken = rest.substr(0, n);
    rest.remove_prefix(n);
    return taken;
}

// Stops growing once it is larger than allowed, so that it cannot overflow and the caller's one check is enough.
std::int64_t number(std::string_view digits)
{
    std::int64_t value = 0;
    for (const char c : digits)
        value = value > max_duration_ms ? value : value * 10 + (c - '0');
    return value;
}

} // namespace

result<milliseconds> parse_duration(std::string_view text)
{
    std::int64_t total = 0;
    std::size_t next = 0; // the first unit that may still come
    auto rest = text;
    do {
        const auto digits = take_while(rest, true);
        const auto letters = take_while(rest, false);
        if (digits.empty())
            return bad_duration(text, "a number is missing");
        if (letters.empty())
            return bad_duration(text, "a unit is missing");
        std::size_t at = 0;
        while (at < units.size() && units[at].letters != letters)
            ++at;
        if (at == units.size())
            return bad_duration(text, "\"" + printable(letters, 16) + "\" is not a unit");
        if (at < next)
            return bad_duration(text, "units go from large to small, each once");
        const auto count = number(digits);
        if (count > (max_duration_ms - total) / units[at].ms)
            return bad_duration(text, "it is longer than a hundred years");
        total += count * units[at].ms;
        next = at + 1;
    } while (!rest.empty());
    return milliseconds(total);
}

std::string duration_text(milliseconds d)
{
    if (d.count() == 0)
        return "0s";
    std::string out = d.count() < 0 ? "-" : "";
    auto rest = d.count(); // stays negative where it is: the lowest value has no positive twin
    for (const auto& u : units) {
        const auto count = rest / u.ms;
        rest %= u.ms;
        if (count != 0)
            out += std::to_string(count).substr(count < 0 ? 1 : 0).append(u.letters);
    }
    return out;
}

} // namespace ulak
