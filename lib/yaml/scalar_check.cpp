#include "yaml/scalar_check.hpp"

#include "core/money.hpp"
#include "core/text.hpp"
#include "core/wall_time.hpp"
#include "yaml/codes.hpp"
#include "yaml/scalar.hpp"
#include "yaml/source_text.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace ulak::yaml {
namespace {

std::string bounds(const shape& s, std::string (*show)(std::int64_t))
{
    if (s.least && s.most)
        return "must be from " + show(*s.least) + " to " + show(*s.most);
    return s.least ? "must be at least " + show(*s.least) : "must be at most " + show(*s.most);
}

std::string as_number(std::int64_t value)
{
    return std::to_string(value);
}

std::string as_duration(std::int64_t value)
{
    return duration_text(std::chrono::milliseconds(value));
}

bool out_of_range(const shape& s, std::int64_t value) noexcept
{
    return (s.least && value < *s.least) || (s.most && value > *s.most);
}

std::optional<mismatch> wrong(std::string text, std::string hint)
{
    return mismatch{codes::wrong_type, std::move(text), std::move(hint)};
}

std::optional<mismatch> check_text(const shape& s, std::string_view text)
{
    if (!out_of_range(s, static_cast<std::int64_t>(count_code_points(text))))
        return std::nullopt;
    return mismatch{codes::out_of_range, bounds(s, as_number) + " letters long", ""};
}

std::string integer_hint(std::string_view text)
{
    auto digits = text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    auto significant = digits.find_first_not_of('0');
    if (digits.starts_with('0') && digits.find_first_not_of("0123456789") == std::string_view::npos)
        return "write it without the leading zero: " +
               printable(significant == std::string_view::npos ? "0" : digits.substr(significant), 24);
    return "write whole numbers in digits alone, such as 1000";
}

std::optional<mismatch> check_integer(const shape& s, std::string_view text)
{
    auto value = read_integer(text);
    if (value && out_of_range(s, *value))
        return mismatch{codes::out_of_range, bounds(s, as_number) + ", not " + std::string(text), ""};
    if (value)
        return std::nullopt;
    return wrong(quoted(text) + " is not a whole number", integer_hint(text));
}

std::optional<mismatch> check_boolean(std::string_view text)
{
    if (read_boolean(text))
        return std::nullopt;
    auto word = lower_ascii(text);
    if (word == "yes" || word == "on" || word == "y" || word == "true" || word == "1")
        return wrong(quoted(text) + " is not a truth value", "write true");
    if (word == "no" || word == "off" || word == "n" || word == "false" || word == "0")
        return wrong(quoted(text) + " is not a truth value", "write false");
    return wrong(quoted(text) + " is not a truth value", "write true or false");
}

std::optional<mismatch> check_duration(const shape& s, std::string_view text)
{
    auto value = parse_duration(text);
    if (!value)
        return wrong(value.error().message,
                     "write it as in " + (s.example.empty() ? std::string("90s, 15m or 12h") : s.example));
    if (out_of_range(s, value->count()))
        return mismatch{codes::out_of_range, bounds(s, as_duration), ""};
    return std::nullopt;
}

std::optional<mismatch> check_amount(const shape& s, std::string_view text)
{
    auto value = money::parse(text);
    if (!value)
        return wrong(value.error().message,
                     "write it as in " + (s.example.empty() ? std::string("12 TRY") : s.example));
    if (value->amount.negative())
        return mismatch{codes::out_of_range, "must not be below zero", ""};
    return std::nullopt;
}

std::optional<mismatch> check_rate(const shape& s, std::string_view text)
{
    if (read_rate(text))
        return std::nullopt;
    return wrong(quoted(text) + " is not a rate", "write it as in " +
                                                      (s.example.empty() ? std::string("20 requests/s") : s.example) +
                                                      "; requests, segments or recipients by s, min or h");
}

std::optional<mismatch> check_choice(const shape& s, std::string_view text)
{
    if (std::ranges::find(s.choices, text) != s.choices.end())
        return std::nullopt;
    auto near = nearest(text, s.choices);
    return mismatch{codes::not_a_choice, quoted(text) + " is not allowed",
                    (near ? "did you mean `" + *near + "`? " : "") + "Allowed: " + join(s.choices, ", ")};
}

bool is_valid_secret_name(std::string_view kind, std::string_view name)
{
    if (kind == "file")
        return !name.empty();
    auto fits = [&](char c) {
        auto u = static_cast<unsigned char>(c);
        return std::isalnum(u) != 0 || c == '_' || (kind == "secret" && (c == '-' || c == '.'));
    };
    return !name.empty() && name.front() != '.' && std::ranges::all_of(name, fits);
}

} // namespace

std::optional<mismatch> check_scalar(const shape& expected, std::string_view text)
{
    switch (expected.value_type) {
    case type::text:
    case type::template_text: return check_text(expected, text);
    case type::boolean: return check_boolean(text);
    case type::integer: return check_integer(expected, text);
    case type::duration: return check_duration(expected, text);
    case type::amount: return check_amount(expected, text);
    case type::rate: return check_rate(expected, text);
    case type::choice: return check_choice(expected, text);
    case type::secret:
    case type::any: return std::nullopt;
    case type::list:
        return mismatch{codes::lone_scalar, "one value where a list belongs", "write [" + printable(text, 60) + "]"};
    case type::map:
    case type::record: break;
    }
    return wrong("must be " + std::string(describe(expected.value_type)) + ", not one value", "");
}

std::optional<mismatch> check_secret(const node& value)
{
    constexpr std::string_view hint = "write {secret: NAME}, {file: PATH} or {env: NAME}";
    if (value.node_kind == node::kind::scalar)
        return std::nullopt;
    if (value.node_kind != node::kind::map)
        return wrong("must be a reference to a secret", std::string(hint));
    if (value.members.size() != 1)
        return mismatch{codes::bad_secret, "must hold exactly one of `secret`, `file` and `env`", std::string(hint)};
    const auto& [key, name] = value.members.front();
    if (key.text != "secret" && key.text != "file" && key.text != "env")
        return mismatch{codes::bad_secret, quoted(key.text) + " is no source of secrets", std::string(hint)};
    if (name.node_kind != node::kind::scalar || !is_valid_secret_name(key.text, name.text))
        return mismatch{codes::bad_secret, "`" + key.text + "` holds no usable name",
                        key.text == "secret" ? "names are letters, digits, `-`, `_` and `.`" : std::string(hint)};
    return std::nullopt;
}

} // namespace ulak::yaml
