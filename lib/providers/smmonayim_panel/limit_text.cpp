#include "providers/smmonayim_panel/limit_text.hpp"

#include "core/text.hpp"
#include "providers/detail/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ulak::providers::smmonayim_panel::wire {
namespace {

constexpr std::array<std::string_view, 8> no_limit{"",         "∞",        "-",        "unlimited",
                                                   "infinite", "infinity", "sınırsız", "limitsiz"};
constexpr std::size_t group_size = 3;

bool all_digits(std::string_view text) noexcept
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> whole_number(std::string_view digits)
{
    std::int64_t n = 0;
    const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    if (!all_digits(digits) || bad != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return n;
}

/// "1.234.567" with one kind of separator: the digits alone. Empty: it is not grouped so.
std::string without_groups(std::string_view text, char separator)
{
    const auto parts = split(text, separator);
    const bool grouped = parts.size() > 1 && parts.front().size() <= group_size &&
                         std::ranges::all_of(parts, all_digits) &&
                         std::all_of(parts.begin() + 1, parts.end(), [](auto p) { return p.size() == group_size; });
    return grouped ? join(parts, "") : std::string();
}

} // namespace

std::optional<std::optional<std::int64_t>> limit_of(const json_value* v)
{
    using limit = std::optional<std::int64_t>;
    if (!v || v->kind == json_value::type::null)
        return limit();
    if (v->kind == json_value::type::number)
        return as_int(v) ? std::optional<limit>(as_int(v)) : std::nullopt;
    if (v->kind != json_value::type::string)
        return std::nullopt;
    const auto text = trim(v->text);
    if (std::ranges::find(no_limit, turkish_lower(text)) != no_limit.end() ||
        std::ranges::find(no_limit, lower_ascii(text)) != no_limit.end())
        return limit();
    if (const auto n = whole_number(text))
        return limit(n);
    for (const char separator : {'.', ',', ' '})
        if (const auto n = whole_number(without_groups(text, separator)))
            return limit(n);
    return as_int(v) ? std::optional<limit>(as_int(v)) : std::nullopt; // "10.0"
}

} // namespace ulak::providers::smmonayim_panel::wire
