#include "providers/detail/json.hpp"

#include "core/text.hpp"
#include "providers/detail/amount_text.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::providers {
namespace {

constexpr std::size_t max_id_digits = 20; // 2^64 - 1 has twenty
constexpr std::size_t max_id_length = 128;
constexpr std::size_t max_token_length = 64;
constexpr std::size_t max_shown = 40;

bool all_digits(std::string_view text) noexcept
{
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// "-5", "+1", "1.0", "1e3": a number, but none that could be an id.
bool looks_numeric(std::string_view text) noexcept
{
    return text.find_first_not_of("0123456789+-.eE") == std::string_view::npos &&
           text.find_first_of("0123456789") != std::string_view::npos;
}

bool has_control(std::string_view text) noexcept
{
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    return std::any_of(text.begin(), text.end(), is_control);
}

std::optional<std::string> canonical_id(std::string_view text)
{
    if (all_digits(text)) {
        text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
        if (text.empty() || text.size() > max_id_digits)
            return std::nullopt;
        return std::string(text);
    }
    if (text.empty() || text.size() > max_id_length || looks_numeric(text) || has_control(text))
        return std::nullopt;
    return std::string(text);
}

// 123.0 is 123; 123.5 stays as it is, and is no integer.
std::string_view without_zero_fraction(std::string_view text) noexcept
{
    const auto point = text.find('.');
    if (point == std::string_view::npos || point == 0)
        return text;
    const auto fraction = text.substr(point + 1);
    const bool zeros = !fraction.empty() && fraction.find_first_not_of('0') == std::string_view::npos;
    return zeros ? text.substr(0, point) : text;
}

bool is_scalar_text(const json_value* v) noexcept
{
    return v && (v->kind == json_value::type::number || v->kind == json_value::type::string);
}

} // namespace

std::optional<std::string> as_id(const json_value* v)
{
    if (!is_scalar_text(v))
        return std::nullopt;
    if (v->kind == json_value::type::number) {
        const auto text = without_zero_fraction(v->text); // PHP makes 46.0 of a large id
        return all_digits(text) ? canonical_id(text) : std::nullopt;
    }
    return canonical_id(trim(v->text));
}

std::optional<std::string> as_token_id(const json_value* v)
{
    auto id = as_id(v);
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!id || id->size() > max_token_length || !std::all_of(id->begin(), id->end(), fits) ||
        std::none_of(id->begin(), id->end(), digit))
        return std::nullopt;
    return id;
}

std::optional<std::string> as_number_id(const json_value* v)
{
    auto id = as_id(v);
    if (!id || !all_digits(*id))
        return std::nullopt;
    return id;
}

std::optional<std::int64_t> as_int(const json_value* v)
{
    if (!is_scalar_text(v))
        return std::nullopt;
    const auto text = without_zero_fraction(trim(v->text));
    std::int64_t value = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || bad != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<decimal> as_decimal(const json_value* v)
{
    if (!is_scalar_text(v))
        return std::nullopt;
    const auto read = read_amount(v->text);
    if (!read)
        return std::nullopt;
    return read->amount;
}

std::optional<money> as_money(const json_value* v, std::string_view unit)
{
    const auto read = is_scalar_text(v) ? read_amount(v->text) : std::nullopt;
    if (!read || (!read->unit.empty() && read->unit != unit))
        return std::nullopt;
    return money(read->amount, std::string(unit));
}

std::string unread(const json_value* v, std::string_view what)
{
    if (!v || v->kind == json_value::type::null)
        return "no " + std::string(what) + " in the answer";
    return "the " + std::string(what) + " " + (is_scalar_text(v) ? "\"" + printable(v->text, max_shown) + "\"" : "") +
           " cannot be read";
}

std::optional<bool> as_bool(const json_value* v)
{
    if (!v)
        return std::nullopt;
    if (v->kind == json_value::type::boolean)
        return v->truth;
    if (!is_scalar_text(v))
        return std::nullopt;
    if (v->text == "1" || v->text == "true")
        return true;
    if (v->text == "0" || v->text == "false")
        return false;
    return std::nullopt;
}

std::optional<std::string> as_text(const json_value* v)
{
    if (!is_scalar_text(v))
        return std::nullopt;
    return v->text;
}

} // namespace ulak::providers
