#include "job/detail/template_parser.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace ulak::job {
namespace {

const std::array<std::string, 5> known_filters{"default", "upper", "lower", "trim", "cut"};

/// Longest text that cut() may keep; a larger number is more likely a slip.
constexpr int max_cut = 10'000;

bool ends_name(char c) noexcept
{
    return c == '|' || c == '}' || c == '{' || c == '"' || c == '$' || c == '\n';
}

bool is_count(std::string_view text)
{
    int count = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
    return failed == std::errc() && end == text.data() + text.size() && count >= 1 && count <= max_cut;
}

} // namespace

bool template_parser::fail(std::size_t at, std::string message)
{
    mistakes_.push_back({reference_begin_, at, std::move(message)});
    return false;
}

void template_parser::skip_blanks() noexcept
{
    while (at_ < text_.size() && text_[at_] == ' ')
        ++at_;
}

bool template_parser::take(char c) noexcept
{
    if (at_ == text_.size() || text_[at_] != c)
        return false;
    ++at_;
    return true;
}

void template_parser::append_literal(std::string_view text)
{
    if (text.empty())
        return;
    if (pieces_.empty() || !pieces_.back().name.empty())
        pieces_.emplace_back();
    pieces_.back().literal += text;
}

std::vector<template_piece> template_parser::parse()
{
    while (at_ < text_.size() && mistakes_.size() < max_template_mistakes) {
        auto next = text_.find('$', at_);
        append_literal(text_.substr(at_, next - at_));
        at_ = std::min(next, text_.size());
        auto rest = text_.substr(at_);
        if (rest.starts_with("$${")) {
            append_literal("${");
            at_ += 3;
        } else if (rest.starts_with("${")) {
            parse_reference();
        } else {
            append_literal(rest.substr(0, 1));
            at_ += rest.empty() ? 0 : 1;
        }
    }
    return std::move(pieces_);
}

void template_parser::parse_reference()
{
    reference_begin_ = at_;
    at_ += 2;
    template_piece piece;
    if (read_reference(piece))
        pieces_.push_back(std::move(piece));
    else
        skip_reference();
}

bool template_parser::read_reference(template_piece& piece)
{
    if (!read_name(piece))
        return false;
    while (take('|'))
        if (!read_filter(piece))
            return false;
    if (take('}'))
        return true;
    if (at_ == text_.size())
        return fail(reference_begin_, "`${` is never closed by `}`; write `$${` for the characters themselves");
    return fail(at_, "`|` or `}` belongs here");
}

/// Goes on behind the reference that cannot be read, so that later ones are read by themselves. A reference that is not
/// closed ends with its line, or where the next one begins.
void template_parser::skip_reference()
{
    auto from = std::max(mistakes_.back().at, reference_begin_ + 2);
    at_ = std::min(text_.find_first_of("}$\n", from), text_.size());
    take('}');
}

bool template_parser::read_name(template_piece& piece)
{
    auto begin = at_;
    while (at_ < text_.size() && !ends_name(text_[at_]))
        ++at_;
    piece.name = std::string(trim(text_.substr(begin, at_ - begin)));
    if (piece.name.empty())
        return fail(begin, "a name is missing, as in `${name}`; write `$${` for the characters themselves");
    return true;
}

bool template_parser::read_filter(template_piece& piece)
{
    skip_blanks();
    auto begin = at_;
    while (at_ < text_.size() && text_[at_] >= 'a' && text_[at_] <= 'z')
        ++at_;
    template_filter f{std::string(text_.substr(begin, at_ - begin)), {}};
    if (std::ranges::find(known_filters, f.name) == known_filters.end()) {
        auto near = nearest(f.name, known_filters);
        return fail(begin,
                    "no filter `" + f.name + "`; " +
                        (near ? "did you mean `" + *near + "`?" : "there are default, upper, lower, trim and cut"));
    }
    auto takes_argument = f.name == "default" || f.name == "cut";
    if (takes_argument && !read_argument(f))
        return false;
    skip_blanks();
    if (!takes_argument && at_ < text_.size() && text_[at_] == '(')
        return fail(at_, "`" + f.name + "` takes no argument");
    piece.filters.push_back(std::move(f));
    return true;
}

bool template_parser::read_argument(template_filter& f)
{
    auto usage =
        f.name == "cut" ? std::string("write cut(n) with a number of letters") : std::string("write default(\"text\")");
    auto begin = at_;
    skip_blanks();
    if (!take('('))
        return fail(begin, usage);
    skip_blanks();
    auto in_quotes = take('"');
    if (in_quotes != (f.name == "default"))
        return fail(at_, usage);
    while (at_ < text_.size() && text_[at_] != (in_quotes ? '"' : ')') && (in_quotes || text_[at_] != ' ')) {
        if (in_quotes && text_[at_] == '\\' && at_ + 1 < text_.size())
            ++at_;
        f.argument.push_back(text_[at_++]);
    }
    auto closed = !in_quotes || take('"');
    skip_blanks();
    if (!closed || !take(')'))
        return fail(begin, "`" + f.name + "(` is never closed; " + usage);
    if (f.argument.find("${") != std::string::npos)
        return fail(std::min(text_.find("${", begin), at_),
                    "`${` inside default(\"…\") is no template: it would be sent as it is");
    if (f.name == "cut" && !is_count(f.argument))
        return fail(begin, usage + " from 1 to " + std::to_string(max_cut));
    return true;
}

} // namespace ulak::job
