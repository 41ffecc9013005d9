#include "job/text_template.hpp"

#include "core/text.hpp"
#include "job/detail/template_parser.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace ulak::job {
namespace {

std::string apply_filter(const std::string& name, const std::string& argument, const std::string& value, letters known)
{
    if (name == "upper")
        return known == letters::ascii ? upper_ascii(value) : turkish_upper(value);
    if (name == "lower")
        return known == letters::ascii ? lower_ascii(value) : turkish_lower(value);
    if (name == "trim")
        return std::string(trim(value));
    int count = 0;
    std::from_chars(argument.data(), argument.data() + argument.size(), count);
    return std::string(first_code_points(value, static_cast<std::size_t>(count)));
}

/// The value after its filters; nullopt if there is neither a value nor a default. An empty value takes the default
/// too, as an empty cell of a table does.
std::optional<std::string> apply_filters(const std::vector<template_filter>& filters, const std::string* given,
                                         letters known)
{
    auto value = given == nullptr ? std::nullopt : std::optional(*given);
    for (const auto& f : filters) {
        if (f.name != "default")
            value = value ? std::optional(apply_filter(f.name, f.argument, *value, known)) : std::nullopt;
        else if (!value || value->empty())
            value = f.argument;
    }
    return value;
}

void add_once(std::vector<std::string>& all, const std::string& name)
{
    if (std::ranges::find(all, name) == all.end())
        all.push_back(name);
}

} // namespace

std::vector<template_mistake> find_template_mistakes(std::string_view text)
{
    template_parser parser(text);
    parser.parse();
    return parser.mistakes();
}

std::string mistake_text(const template_mistake& wrong, std::string_view text)
{
    auto letter = count_code_points(text.substr(0, wrong.at)) + 1;
    return "letter " + std::to_string(letter) + ": " + wrong.message;
}

result<text_template> text_template::parse(std::string_view text, letters known)
{
    template_parser parser(text);
    auto pieces = parser.parse();
    if (!parser.mistakes().empty())
        return error(errc::invalid_argument, mistake_text(parser.mistakes().front(), text));
    text_template made;
    made.source_ = std::string(text);
    made.letters_ = known;
    made.pieces_ = std::move(pieces);
    return made;
}

std::vector<std::string> text_template::names() const
{
    std::vector<std::string> all;
    for (const auto& p : pieces_)
        if (!p.name.empty())
            add_once(all, p.name);
    return all;
}

std::vector<std::string> text_template::required_names() const
{
    std::vector<std::string> all;
    for (const auto& p : pieces_)
        if (!p.name.empty() && std::ranges::find(p.filters, "default", &template_filter::name) == p.filters.end())
            add_once(all, p.name);
    return all;
}

bool text_template::is_literal() const noexcept
{
    return std::ranges::all_of(pieces_, [](const template_piece& p) { return p.name.empty(); });
}

result<std::string> text_template::render(const lookup& values) const
{
    std::string out;
    std::vector<std::string> missing;
    for (const auto& p : pieces_) {
        out += p.literal;
        if (p.name.empty())
            continue;
        if (auto value = apply_filters(p.filters, values(p.name), letters_))
            out += *value;
        else
            add_once(missing, p.name);
    }
    if (missing.empty())
        return out;
    auto quoted = [](const std::string& name) { return "`" + printable(name, 60) + "`"; };
    return error(errc::invalid_argument, "no value for " + join(missing, ", ", quoted));
}

} // namespace ulak::job
