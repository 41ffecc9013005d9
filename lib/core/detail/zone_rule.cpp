#include "core/detail/zone_rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace ulak {
namespace {

using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr seconds usual_time = std::chrono::hours(2); // of a change that does not say it

/// Takes parts from the front of the rule's text; the first that is not there spoils the rest.
class rule_reader {
  public:
    explicit rule_reader(std::string_view text) : text_(text) {}

    bool take(char c)
    {
        if (!text_.starts_with(c))
            return false;
        text_.remove_prefix(1);
        return true;
    }

    /// "CET" or "<+03>".
    void name()
    {
        const bool quoted = take('<');
        const auto end = quoted ? text_.find('>') : text_.find_first_of("0123456789+-,");
        good_ = good_ && end != std::string_view::npos && end > 0;
        text_.remove_prefix(good_ ? end + (quoted ? 1 : 0) : text_.size());
    }

    unsigned number()
    {
        unsigned value = 0;
        const auto [end, failed] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
        good_ = good_ && failed == std::errc();
        text_.remove_prefix(good_ ? static_cast<std::size_t>(end - text_.data()) : text_.size());
        return value;
    }

    /// "-3:30:15".
    seconds time()
    {
        const bool negative = take('-');
        if (!negative)
            take('+');
        seconds all = std::chrono::hours(number());
        if (take(':'))
            all += std::chrono::minutes(number());
        if (take(':'))
            all += seconds(number());
        return negative ? -all : all;
    }

    /// ",M3.5.0/2".
    zone_rule::change change()
    {
        zone_rule::change c;
        good_ = good_ && take(',') && take('M');
        c.month = number();
        good_ = good_ && take('.');
        c.week = number();
        good_ = good_ && take('.');
        c.weekday = number();
        c.time = take('/') ? time() : usual_time;
        good_ = good_ && c.month >= 1 && c.month <= 12 && c.week >= 1 && c.week <= 5 && c.weekday <= 6;
        return c;
    }

    bool offset_follows() const { return !text_.empty() && text_.front() != ','; }
    bool all_was_read() const { return good_ && text_.empty(); }

  private:
    std::string_view text_;
    bool good_ = true;
};

sys_seconds moment(std::chrono::year year, const zone_rule::change& c, seconds offset)
{
    const auto month = year / std::chrono::month(c.month);
    const std::chrono::weekday day(c.weekday);
    const sys_days date = c.week == 5 ? sys_days(month / day[std::chrono::last]) : sys_days(month / day[c.week]);
    return sys_seconds(date) + c.time - offset;
}

} // namespace

std::optional<zone_rule> zone_rule::parse(std::string_view text)
{
    rule_reader in(text);
    zone_rule made;
    in.name();
    made.standard_ = -in.time(); // west of Greenwich is positive there
    in.name();
    made.daylight_ = in.offset_follows() ? -in.time() : made.standard_ + std::chrono::hours(1);
    made.begins_ = in.change();
    made.ends_ = in.change();
    return in.all_was_read() ? std::optional(made) : std::nullopt;
}

zone_period zone_rule::at(sys_seconds t) const
{
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(t));
    std::array<std::pair<sys_seconds, seconds>, 6> changes; // of the year before, this one and the next
    for (int i = 0; i < 3; ++i) {
        const auto year = date.year() + std::chrono::years(i - 1);
        changes[static_cast<std::size_t>(2 * i)] = {moment(year, begins_, standard_), daylight_};
        changes[static_cast<std::size_t>(2 * i + 1)] = {moment(year, ends_, daylight_), standard_};
    }
    std::ranges::sort(changes);
    const auto next = std::ranges::find_if(changes, [t](const auto& c) { return c.first > t; });
    const auto now = std::prev(next); // there is one: all of the year before are earlier
    return {now->first, next->first, now->second};
}

} // namespace ulak
