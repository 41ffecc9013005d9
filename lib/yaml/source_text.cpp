#include "yaml/source_text.hpp"

#include "core/invisible.hpp"
#include "core/text.hpp"
#include "core/utf8.hpp"
#include "yaml/codes.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace ulak::yaml {
namespace {

constexpr std::size_t max_quoted_bytes = 60;

/// Keys whose values are secrets in some account or channel.
constexpr std::array<std::string_view, 10> secret_words{"password", "password_md5", "passwd", "token",      "key",
                                                        "api_key",  "hash",         "sign",   "secret_key", "secret"};

bool is_word(char c) noexcept
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_secret_key(std::string_view line, std::size_t colon)
{
    auto end = colon;
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '"' || line[end - 1] == '\''))
        --end;
    auto begin = end;
    while (begin > 0 && is_word(line[begin - 1]))
        --begin;
    return std::ranges::find(secret_words, lower_ascii(line.substr(begin, end - begin))) != secret_words.end();
}

bool is_reference(std::string_view line, std::size_t colon)
{
    auto value = line.find_first_not_of(" \t", colon + 1);
    return value == std::string_view::npos || line[value] == '{' || line[value] == '#';
}

/// `{secret: NAME}` holds a name and may be shown; `secret: VALUE` on its own line may hold anything.
bool is_secret_reference(std::string_view line, std::size_t colon)
{
    auto head = line.substr(0, colon);
    return head.ends_with("secret") && trim(head.substr(0, head.size() - 6)).ends_with('{');
}

std::string asterisks(std::string_view text)
{
    return std::string(count_code_points(text), '*');
}

std::string mask_secrets(std::string_view line)
{
    for (auto colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
        if (!is_secret_key(line, colon) || is_reference(line, colon) || is_secret_reference(line, colon))
            continue;
        return std::string(line.substr(0, colon + 1)) + asterisks(line.substr(colon + 1));
    }
    return std::string(line);
}

} // namespace

source_text::source_text(std::string_view text, std::string_view file) : text_(text), file_(file)
{
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n')
            starts_.push_back(i + 1);
}

std::size_t source_text::offset(std::size_t line, std::size_t column) const noexcept
{
    if (line >= starts_.size())
        return text_.size();
    return std::min(starts_[line] + column, text_.size());
}

place source_text::at(std::size_t offset) const
{
    auto line = std::ranges::upper_bound(starts_, offset) - starts_.begin();
    auto start = starts_[static_cast<std::size_t>(line) - 1];
    if (counted_until_ < start || counted_until_ > offset) {
        counted_until_ = start;
        counted_letters_ = 0;
    }
    counted_letters_ += count_code_points(text_.substr(counted_until_, offset - counted_until_));
    counted_until_ = offset;
    return place{std::string(file_), static_cast<std::size_t>(line), counted_letters_ + 1};
}

problem source_text::problem_at(std::size_t offset, std::string_view code, std::string text, std::string hint) const
{
    auto where = at(offset);
    return problem_at_line(where.line, where.column, code, std::move(text), std::move(hint));
}

problem source_text::problem_at_line(std::size_t line, std::size_t column, std::string_view code, std::string text,
                                     std::string hint) const
{
    if (const std::string& word = word_of_invisible(line); !word.empty())
        hint = joined(hint, "; ", word);
    return {{std::string(file_), line, column},  severity::error, std::string(code), std::move(text), std::move(hint),
            shown_line(line_from_start(line), 1)};
}

std::string_view source_text::line_from_start(std::size_t line) const
{
    return line == 0 || line > starts_.size() ? std::string_view() : text_.substr(starts_[line - 1]);
}

const std::string& source_text::word_of_invisible(std::size_t line) const
{
    if (looked_through_ == line)
        return invisible_;
    looked_through_ = line;
    invisible_.clear();
    const auto from_line = line_from_start(line);
    if (const auto hidden = first_invisible(from_line.substr(0, from_line.find('\n'))))
        invisible_ = "column " + std::to_string(hidden->letter + 1) +
                     " of this line holds a letter that nobody sees, " + hidden->name;
    return invisible_;
}

std::string shown_line(std::string_view source, std::size_t line)
{
    for (; line > 1; --line) {
        auto end = source.find('\n');
        if (end == std::string_view::npos)
            return {};
        source.remove_prefix(end + 1);
    }
    source = source.substr(0, source.find('\n'));
    if (source.ends_with('\r'))
        source.remove_suffix(1);
    return line == 0 || source.size() > max_shown_line ? std::string() : to_valid_utf8(mask_secrets(source));
}

std::string quoted(std::string_view text)
{
    return "`" + printable(with_invisible_named(text), max_quoted_bytes) + "`";
}

void add_problem(problems& found, problem p)
{
    // The problems of one file are adjacent, so the one `max_problems` back shows whether this file is full.
    auto full = found.size() >= max_problems && found[found.size() - max_problems].at.file == p.at.file;
    if (full && found.back().code == codes::too_many_problems)
        return;
    if (full)
        p = {std::move(p.at),
             severity::error,
             std::string(codes::too_many_problems),
             "there are more problems than are shown",
             "mend these first",
             {}};
    found.push_back(std::move(p));
}

} // namespace ulak::yaml
