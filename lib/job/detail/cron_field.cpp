#include "job/detail/cron_field.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ulak::job {
namespace {

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

constexpr std::array<cron_field_rule, 5> rules{
    cron_field_rule{"minute", 0, 59, {}},
    cron_field_rule{"hour", 0, 23, {}},
    cron_field_rule{"day of month", 1, 31, {}},
    cron_field_rule{"month", 1, 12, months},
    cron_field_rule{"weekday", 0, 7, weekdays, true},
};

constexpr int sunday = 7; // as a number that may be written for 0

/// Numbers from `first` to `last`, each `step` apart.
struct value_range {
    int first, last, step;
};

error wrong(const cron_field_rule& rule, std::string_view part, const std::string& why)
{
    return error(errc::invalid_argument, std::string(rule.name) + " \"" + printable(part, 40) + "\": " + why);
}

std::string allowed(const cron_field_rule& rule)
{
    auto text = "write " + std::to_string(rule.least) + " to " + std::to_string(rule.most);
    if (rule.names.empty())
        return text;
    return text + " or " + std::string(rule.names.front()) + " to " + std::string(rule.names.back());
}

/// Digits alone; no sign.
std::optional<int> number(std::string_view text)
{
    int value = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    auto digits = !text.empty() && text.front() >= '0' && text.front() <= '9';
    return digits && failed == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// A name of the field, or a number within its limits.
std::optional<int> value_of(std::string_view text, const cron_field_rule& rule)
{
    auto named = std::ranges::find(rule.names, lower_ascii(text));
    if (named != rule.names.end())
        return rule.least + static_cast<int>(named - rule.names.begin());
    auto value = number(text);
    return value && *value >= rule.least && *value <= rule.most ? value : std::nullopt;
}

int last_value(const cron_field_rule& rule) noexcept
{
    return rule.sunday_is_seven ? sunday - 1 : rule.most;
}

int field_length(const cron_field_rule& rule) noexcept
{
    return last_value(rule) - rule.least + 1;
}

result<int> parse_step(std::string_view text, std::string_view part, const cron_field_rule& rule)
{
    auto step = number(text);
    auto longest = field_length(rule) - 1;
    if (step && *step >= 1 && *step <= longest)
        return *step;
    auto why = "the step goes from 1 to " + std::to_string(longest);
    return wrong(rule, part, step && *step > longest ? why + "; for longer intervals use `every`" : why);
}

result<value_range> parse_range(std::string_view range, std::string_view part, const cron_field_rule& rule)
{
    if (range == "*")
        return value_range{rule.least, last_value(rule), 1};
    auto dash = range.find('-');
    auto first = value_of(range.substr(0, dash), rule);
    if (!first)
        return wrong(rule, part, allowed(rule));
    if (dash == std::string_view::npos)
        return value_range{*first, *first, 1};
    auto last = value_of(range.substr(dash + 1), rule);
    if (!last)
        return wrong(rule, part, allowed(rule));
    if (rule.sunday_is_seven && *last == 0 && *first > 0)
        last = sunday;
    return value_range{*first, *last, 1}; // last may be before first; what it means is offered, see parse_part
}

/// What "fri-mon/2" would mean if ranges went round: 5,0. Sundays are 0.
std::string around(const value_range& backwards, const cron_field_rule& rule)
{
    const auto length = field_length(rule);
    const auto end = backwards.last + length;
    if (backwards.step == 1) {
        const auto from = rule.sunday_is_seven ? backwards.first % sunday : backwards.first;
        if (from <= backwards.last) // "7-mon" is "0-1"
            return std::to_string(from) + "-" + std::to_string(backwards.last);
        return std::to_string(from) + "-" + std::to_string(last_value(rule)) + "," + std::to_string(rule.least) + "-" +
               std::to_string(backwards.last);
    }
    std::string list;
    for (auto v = backwards.first; v <= end; v += backwards.step)
        append_joined(list, ",", std::to_string((v - rule.least) % length + rule.least));
    return list;
}

/// "5-5,0-3" is told as "5,0-3", and so is an end that is its beginning.
std::string without_lone_ranges(std::string_view text)
{
    std::string out;
    for (std::string_view range : split(text, ',')) {
        const auto dash = range.find('-');
        const bool lone = dash != std::string_view::npos && range.substr(0, dash) == range.substr(dash + 1);
        append_joined(out, ",", lone ? range.substr(0, dash) : range);
    }
    return out;
}

result<value_range> parse_part(std::string_view part, const cron_field_rule& rule)
{
    const auto slash = part.find('/');
    auto values = parse_range(part.substr(0, slash), part, rule);
    if (!values)
        return values;
    if (slash != std::string_view::npos) {
        auto step = parse_step(part.substr(slash + 1), part, rule);
        if (!step)
            return step.error();
        values->step = *step;
    }
    const auto start = part.substr(0, slash);
    if (slash != std::string_view::npos && start != "*" && start.find('-') == std::string_view::npos)
        return wrong(rule, part,
                     "a step needs a range; write " + std::to_string(values->first % (last_value(rule) + 1)) + "-" +
                         std::to_string(last_value(rule)) + std::string(part.substr(slash)));
    if (values->last < values->first)
        return wrong(rule, part, "the range runs backwards; write " + without_lone_ranges(around(*values, rule)));
    return values;
}

} // namespace

std::span<const cron_field_rule> cron_rules() noexcept
{
    return rules;
}

result<cron_field> parse_cron_field(std::string_view text, const cron_field_rule& rule)
{
    cron_field field;
    field.star = text.starts_with('*');
    for (auto part : split(text, ',')) {
        auto values = parse_part(part, rule);
        if (!values)
            return values.error();
        for (auto v = values->first; v <= values->last; v += values->step)
            field.set |= std::uint64_t(1) << (rule.sunday_is_seven ? v % sunday : v);
        if (part.starts_with('*') && field_length(rule) % values->step != 0)
            field.odd_step = values->step;
    }
    return field;
}

} // namespace ulak::job
