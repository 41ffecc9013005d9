#include "providers/detail/report_entries.hpp"

#include "core/text.hpp"
#include "providers/detail/answer.hpp"

#include <algorithm>

namespace ulak::providers {
namespace {

std::string digits_of(const std::string& text)
{
    const auto number = phone::parse(text);
    return number ? number->digits() : printable(text, 40);
}

} // namespace

void add_report_entries(sms_report& report, const json_value* list,
                        sms_report::delivery_state (*state_of)(std::string_view word))
{
    const auto add = [&](const json_value& v) {
        const auto number = as_text(v.find("number"));
        const auto word = as_text(v.find("status"));
        if (number)
            report.entries.push_back(
                {digits_of(*number), state_of(word.value_or("")), displayable(word.value_or(""), 40)});
    };
    if (list && list->is_object())
        add(*list);
    else if (list)
        std::for_each(list->items.begin(), list->items.end(), add);
}

std::optional<decimal> read_cost(const json_value* v)
{
    auto text = as_text(v).value_or("");
    // A comma that is the only sign is the decimal one, as people write here.
    if (text.find('.') == text.npos && std::ranges::count(text, ',') == 1)
        std::ranges::replace(text, ',', '.');
    const auto amount = decimal::parse(trim(text));
    if (!amount || amount->negative() || amount->overflowed())
        return std::nullopt;
    return *amount;
}

std::size_t count_waiting(const sms_report& report) noexcept
{
    const auto waits = [](const sms_report::entry& l) { return l.state == sms_report::delivery_state::waiting; };
    return static_cast<std::size_t>(std::count_if(report.entries.begin(), report.entries.end(), waits));
}

} // namespace ulak::providers
