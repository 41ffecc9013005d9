#include "yaml/detail/raw_scalar.hpp"

#include <algorithm>

namespace ulak::yaml {
namespace {

constexpr std::string_view blanks = " \t\r\n";

bool is_blank(char c) noexcept
{
    return blanks.find(c) != std::string_view::npos;
}

bool is_item_mark(std::string_view text, std::size_t i) noexcept
{
    return text[i] == '-' && (i + 1 == text.size() || is_blank(text[i + 1]));
}

std::string_view without_comment(std::string_view line) noexcept
{
    auto comment = line.find('#');
    while (comment != std::string_view::npos && comment > 0 && !is_blank(line[comment - 1]))
        comment = line.find('#', comment + 1);
    return line.substr(0, comment);
}

} // namespace

std::optional<std::size_t> end_of_quoted(std::string_view text, std::size_t offset) noexcept
{
    auto quote = text[offset];
    for (auto i = offset + 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\')
            ++i;
        else if (text[i] == quote && quote == '\'' && i + 1 < text.size() && text[i + 1] == quote)
            ++i;
        else if (text[i] == quote)
            return i + 1;
    }
    return std::nullopt;
}

std::optional<std::size_t> swallowed_item(std::string_view text, std::size_t offset, std::string_view value) noexcept
{
    auto left = std::ranges::count_if(value, [](char c) { return !is_blank(c); });
    bool line_begins = false;
    for (auto i = offset; i < text.size() && left > 0; ++i) {
        line_begins = line_begins || text[i] == '\n';
        if (is_blank(text[i]))
            continue;
        if (line_begins && is_item_mark(text, i))
            return i;
        line_begins = false;
        --left;
    }
    return std::nullopt;
}

bool is_written_null(std::string_view text, std::size_t offset) noexcept
{
    auto rest = text.substr(std::min(offset, text.size()));
    return rest.starts_with('~') || rest.starts_with("null") || rest.starts_with("Null") || rest.starts_with("NULL");
}

std::size_t last_significant_before(std::string_view text, std::size_t offset) noexcept
{
    auto end = std::min(offset, text.size());
    // No comment can precede `offset` on its own line, so that line need not be read from its start.
    while (end > 0 && text[end - 1] != '\n' && is_blank(text[end - 1]))
        --end;
    if (end > 0 && text[end - 1] != '\n')
        return end - 1;
    while (end > 0) {
        auto before = text.substr(0, end - 1).rfind('\n');
        auto start = before == std::string_view::npos ? 0 : before + 1;
        auto last = without_comment(text.substr(start, end - start)).find_last_not_of(blanks);
        if (last != std::string_view::npos)
            return start + last;
        end = start;
    }
    return offset;
}

} // namespace ulak::yaml
