#include "core/rfc3339.hpp"

#include "core/printable.hpp"

#include <fmt/format.h>

namespace ulak {
namespace {

using std::chrono::milliseconds;

// Reads a text from the left. Once something did not fit it stays so, and one check at the end is enough.
class scanner {
  public:
    explicit scanner(std::string_view text) : rest_(text) {}

    int number(std::size_t digits, int least, int most)
    {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i)
            value = value * 10 + digit();
        ok_ = ok_ && value >= least && value <= most;
        return value;
    }

    char one_of(std::string_view allowed)
    {
        const char c = rest_.empty() ? '\0' : rest_.front();
        ok_ = ok_ && !rest_.empty() && allowed.find(c) != std::string_view::npos;
        rest_.remove_prefix(rest_.empty() ? 0 : 1);
        return c;
    }

    // ".456"; digits below the millisecond are dropped.
    milliseconds fraction()
    {
        if (!rest_.starts_with('.'))
            return milliseconds(0);
        rest_.remove_prefix(1);
        int value = digit() * 100;
        for (int weight = 10; at_digit(); weight /= 10)
            value += digit() * weight;
        return milliseconds(value);
    }

    bool complete() const noexcept { return ok_ && rest_.empty(); }

  private:
    bool at_digit() const noexcept { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }

    int digit()
    {
        if (!at_digit()) {
            ok_ = false;
            return 0;
        }
        const int value = rest_.front() - '0';
        rest_.remove_prefix(1);
        return value;
    }

    std::string_view rest_;
    bool ok_ = true;
};

// Minutes east of Greenwich.
std::chrono::minutes read_offset(scanner& text)
{
    const char sign = text.one_of("Zz+-");
    if (sign == 'Z' || sign == 'z')
        return std::chrono::minutes(0);
    const int hours = text.number(2, 0, 23);
    text.one_of(":");
    const int minutes = hours * 60 + text.number(2, 0, 59);
    return std::chrono::minutes(sign == '-' ? -minutes : minutes);
}

} // namespace

std::string rfc3339(wall_point t)
{
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(t - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

result<wall_point> parse_rfc3339(std::string_view text)
{
    scanner in(text);
    // the date
    const std::chrono::year year(in.number(4, 0, 9999));
    in.one_of("-");
    const std::chrono::month month(static_cast<unsigned>(in.number(2, 1, 12)));
    in.one_of("-");
    const std::chrono::day day(static_cast<unsigned>(in.number(2, 1, 31)));
    // the time of day and its offset
    in.one_of("Tt ");
    auto time = std::chrono::hours(in.number(2, 0, 23)) + milliseconds(0);
    in.one_of(":");
    time += std::chrono::minutes(in.number(2, 0, 59));
    in.one_of(":");
    time += std::chrono::seconds(in.number(2, 0, 60)); // 60: a leap second is the next minute's first
    time += in.fraction();
    const auto offset = read_offset(in);
    const std::chrono::year_month_day date(year, month, day);
    if (!in.complete() || !date.ok())
        return error(errc::invalid_argument,
                     "\"" + printable(text, 60) + "\" is not a time with its offset such as 2026-11-22T09:00:00Z");
    return wall_point(std::chrono::sys_days(date)) + time - offset;
}

} // namespace ulak
