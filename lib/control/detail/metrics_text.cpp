#include "control/detail/metrics_text.hpp"

#include "core/phone.hpp"

#include <cstdint>
#include <fmt/core.h>

namespace ulak::control {

std::string escaped_label(std::string_view label)
{
    std::string out;
    for (char c : mask_long_numbers(label)) {
        if (c == '\\' || c == '"')
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

void metrics_text::family(std::string_view name, std::string_view type, std::string_view help)
{
    text_ += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

void metrics_text::value(std::string_view name, std::string_view labels, std::string_view number)
{
    text_ += labels.empty() ? fmt::format("{} {}\n", name, number) : fmt::format("{}{{{}}} {}\n", name, labels, number);
}

void metrics_text::single(std::string_view name, std::string_view type, std::string_view help, std::uint64_t number)
{
    family(name, type, help);
    value(name, {}, std::to_string(number));
}

} // namespace ulak::control
