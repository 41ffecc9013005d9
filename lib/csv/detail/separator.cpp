#include "csv/detail/separator.hpp"

#include "csv/blank.hpp"
#include "csv/detail/row_parser.hpp"

#include <algorithm>
#include <array>
#include <compare>

namespace ulak::csv {
namespace {

constexpr std::array<char, 4> known{',', ';', '\t', '|'};
/// Bytes and rows of the beginning by which a separator is judged. A header of thousands of columns fits in.
constexpr std::size_t most_bytes = 256 * 1024, most_rows = 20;

/// The greater, the better.
struct fitness {
    bool names_column = false;
    bool several_cells = false;
    std::size_t like_first = 0; ///< in thousandths of the rows that follow
    std::size_t cells = 0;
    friend auto operator<=>(const fitness&, const fitness&) = default;
};

fitness judge(std::string_view head, char separator, std::string_view wanted)
{
    row_parser parser(separator, 1);
    (void)parser.feed(head); // what is wrong with the file is told when it is read
    fitness f;
    if (parser.rows.empty() && !parser.finish())
        return f;
    if (parser.rows.empty())
        return f;
    const auto& first = parser.rows.front();
    f.cells = first.cells.size();
    f.several_cells = f.cells > 1;
    f.names_column = !wanted.empty() &&
                     std::ranges::any_of(first.cells, [&](const std::string& c) { return trim_cell(c) == wanted; });
    const auto rows = std::min(parser.rows.size(), most_rows + 1);
    std::size_t alike = 0;
    for (std::size_t i = 1; i < rows; ++i)
        alike += parser.rows[i].cells.size() == f.cells ? 1 : 0;
    f.like_first = rows > 1 ? alike * 1000 / (rows - 1) : 0;
    return f;
}

} // namespace

char find_separator(std::string_view head, std::string_view wanted_column)
{
    char best = known.front();
    fitness most;
    for (const char separator : known)
        if (const auto f = judge(head.substr(0, most_bytes), separator, wanted_column); f > most) {
            most = f;
            best = separator;
        }
    return best;
}

separator_line read_separator_line(std::string_view head) noexcept
{
    const auto line = head.substr(0, head.find('\n'));
    auto text = trim_cell(line);
    const bool quoted = text.size() > 2 && text.starts_with('"') && text.ends_with('"');
    if (quoted)
        text = text.substr(1, text.size() - 2);
    constexpr std::string_view word = "sep=";
    if (!text.starts_with(word) || text.size() > word.size() + 1)
        return {};
    // A tab at the end of the line was trimmed off.
    const char separator = text.size() > word.size() ? text.back() : '\t';
    return {separator, std::min(line.size() + 1, head.size())};
}

std::string separator_name(char separator)
{
    switch (separator) {
    case ',': return "a comma (,)";
    case ';': return "a semicolon (;)";
    case '\t': return "a tab";
    default: return std::string("\"") + separator + "\"";
    }
}

} // namespace ulak::csv
