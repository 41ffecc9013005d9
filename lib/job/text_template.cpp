#include "job/text_template.hpp"

#include "core/text.hpp"
#include "job/detail/template_parser.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace ulak::job {
namespace {

std::string first_code_points(std::string_view text, int count)
{
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count)
        do
            ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return std::string(text.substr(0, at));
}

std::string apply_filter(const std::string& name, const std::string& argument, const std::string& value)
{
    if (name == "upper")
        return turkish_upper(value);
    if (name == "lower")
        return turkish_lower(value);
    if (name == "trim")
        return std::string(trim(value));
    int count = 0;
    std::from_chars(argument.data(), argument.data() + argument.size(), count);
    return first_code_points(value, count);
}

/// The value after its filters; nullopt if there is neither a value nor a default. An empty value takes the default
/// too: that is what an empty cell of a table means.
template<class Filters>
std::optional<std::string> apply_filters(const Filters& filters, const std::string* given)
{
    auto value = given == nullptr ? std::nullopt : std::optional(*given);
    for (const auto& f : filters) {
        if (f.name != "default")
            value = value ? std::optional(apply_filter(f.name, f.argument, *value)) : std::nullopt;
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

result<text_template> text_template::parse(std::string_view text)
{
    template_parser parser(text);
    auto pieces = parser.parse();
    if (!parser.mistakes().empty())
        return error(errc::invalid_argument, mistake_text(parser.mistakes().front(), text));
    text_template made;
    made.source_ = std::string(text);
    for (auto& p : pieces) {
        piece own{std::move(p.literal), std::move(p.name), {}};
        for (auto& f : p.filters)
            own.filters.push_back({std::move(f.name), std::move(f.argument)});
        made.pieces_.push_back(std::move(own));
    }
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
        if (!p.name.empty() && std::ranges::find(p.filters, "default", &filter::name) == p.filters.end())
            add_once(all, p.name);
    return all;
}

bool text_template::is_literal() const noexcept
{
    return std::ranges::all_of(pieces_, [](const piece& p) { return p.name.empty(); });
}

result<std::string> text_template::render(const lookup& values) const
{
    std::string out;
    std::vector<std::string> missing;
    for (const auto& p : pieces_) {
        out += p.literal;
        if (p.name.empty())
            continue;
        if (auto value = apply_filters(p.filters, values(p.name)))
            out += *value;
        else
            add_once(missing, p.name);
    }
    if (missing.empty())
        return out;
    std::string all;
    for (const auto& name : missing)
        all += (all.empty() ? "`" : ", `") + printable(name, 60) + "`";
    return error(errc::invalid_argument, "no value for " + all);
}

} // namespace ulak::job
