#include "job/parameter.hpp"

#include "core/phone.hpp"
#include "core/text.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>

namespace ulak::job {
namespace {

constexpr std::size_t max_letters = 10'000; // of a string without a `max`
constexpr std::size_t max_url_bytes = 2048;

std::optional<std::string> out_of_range(const parameter& p, std::int64_t value, const char* unit)
{
    if (p.least && value < *p.least)
        return "must be at least " + std::to_string(*p.least) + unit;
    if (p.most && value > *p.most)
        return "must be at most " + std::to_string(*p.most) + unit;
    return std::nullopt;
}

std::optional<std::string> mismatch_of_text(const parameter& p, std::string_view value)
{
    auto letters = count_code_points(value);
    if (!is_valid_utf8(value))
        return "is not UTF-8";
    if (!p.most && letters > max_letters)
        return "must be at most " + std::to_string(max_letters) + " letters long";
    return out_of_range(p, static_cast<std::int64_t>(letters), " letters long");
}

std::optional<std::string> mismatch_of_url(std::string_view value)
{
    auto after = value.starts_with("https://") ? value.substr(8) : value.starts_with("http://") ? value.substr(7) : "";
    if (after.empty() || after.front() == '/' || after.front() == '?' || after.front() == '#')
        return "must be an address that begins with https:// or http://";
    auto odd = [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '"' || c == '<' || c == '>';
    };
    if (value.size() > max_url_bytes || std::ranges::any_of(value, odd) || !is_valid_utf8(value))
        return "is no usable address: blanks, quotes, control characters, or too long";
    return std::nullopt;
}

std::optional<std::string> mismatch_of_phone(std::string_view value)
{
    auto number = phone::parse(value);
    return number ? std::nullopt : std::optional("is no phone number: " + number.error().message);
}

} // namespace

std::optional<std::string> mismatch_of(const parameter& p, std::string_view value)
{
    switch (p.value_type) {
    case parameter::type::text: return mismatch_of_text(p, value);
    case parameter::type::url: return mismatch_of_url(value);
    case parameter::type::phone: return mismatch_of_phone(value);
    case parameter::type::integer: break;
    }
    auto number = yaml::read_integer(value);
    return number ? out_of_range(p, *number, "") : std::optional<std::string>("must be a whole number");
}

} // namespace ulak::job
