#include "csv/csv_file.hpp"

#include "core/text.hpp"
#include "csv/blank.hpp"
#include "csv/detail/row_parser.hpp"
#include "csv/detail/separator.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace ulak::csv {
namespace {

constexpr std::size_t most_columns_shown = 20, most_letters_shown = 40;
/// Rows that may stand above the names of the columns, and are told for what they are.
constexpr std::size_t longest_title = 10;

bool has_cell(const row& r, const std::string& text)
{
    return std::ranges::any_of(r.cells, [&](const std::string& c) { return trim_cell(c) == text; });
}

} // namespace

struct csv_file::state {
    explicit state(text_file t) : text(std::move(t)) {}

    /// Reads until at least so many rows are there or the file ends.
    result<void> fill(std::size_t rows = 1)
    {
        while (parser->rows.size() < rows && !ended && !broken)
            if (auto done = feed(); !done)
                broken = done.error();
        return broken && parser->rows.empty() ? result<void>(*broken) : result<void>();
    }

    result<void> feed()
    {
        auto block = head.empty() ? text.read() : result<std::string>(std::exchange(head, {}));
        if (!block)
            return block.error();
        ended = block->empty();
        return ended ? parser->finish() : parser->feed(*block);
    }

    /// Begins with the separator that the file says, or shows.
    result<void> begin(const csv_options& o)
    {
        auto block = text.read();
        if (!block)
            return block.error();
        head = *std::move(block);
        const auto said = read_separator_line(head);
        head.erase(0, said.bytes);
        separator = o.separator != 0 ? o.separator : said.bytes > 0 ? said.separator : find_separator(head, o.column);
        parser.emplace(separator, said.bytes > 0 ? 2 : 1);
        return {};
    }

    /// The names may stand below a title, which is told: whoever wrote the file knows which rows are people.
    result<void> read_names(const std::string& wanted)
    {
        if (auto filled = fill(); !filled)
            return filled;
        if (parser->rows.empty())
            return line_error(1, "the file is empty; its first line names the columns");
        if (!wanted.empty() && !has_cell(parser->rows.front(), wanted)) {
            (void)fill(longest_title);
            const auto end =
                parser->rows.begin() + static_cast<std::ptrdiff_t>(std::min(parser->rows.size(), longest_title));
            const auto names =
                std::find_if(parser->rows.begin(), end, [&](const row& r) { return has_cell(r, wanted); });
            if (names != end)
                return line_error(parser->rows.front().line, "the column " + printable(wanted, most_letters_shown) +
                                                                 " is named in line " + std::to_string(names->line) +
                                                                 ": take the lines above it out of the file");
        }
        for (const std::string& name : parser->rows.front().cells)
            columns.emplace_back(trim_cell(name));
        while (columns.size() > 1 && columns.back().empty())
            columns.pop_back(); // separators at the end of the line
        parser->rows.pop_front();
        return {};
    }

    text_file text;
    std::optional<row_parser> parser{};
    std::string head{};
    char separator = ',';
    std::vector<std::string> columns{};
    bool ended = false;
    std::optional<error> broken{}; ///< told once the rows before it are read
};

csv_file::csv_file(std::unique_ptr<state> s) : state_(std::move(s)) {}
csv_file::csv_file(csv_file&&) noexcept = default;
csv_file& csv_file::operator=(csv_file&&) noexcept = default;
csv_file::~csv_file() = default;

result<csv_file> csv_file::open(const std::string& path, const file_fence& fence, const csv_options& options)
{
    auto text = text_file::open(path, fence, options.written);
    if (!text)
        return text.error();
    auto s = std::make_unique<state>(*std::move(text));
    if (auto begun = s->begin(options); !begun)
        return begun.error();
    if (options.has_names)
        if (auto named = s->read_names(options.column); !named)
            return named.error();
    return csv_file(std::move(s));
}

const std::vector<std::string>& csv_file::columns() const noexcept
{
    return state_->columns;
}

char csv_file::separator() const noexcept
{
    return state_->separator;
}

encoding csv_file::found() const noexcept
{
    return state_->text.found();
}

std::string csv_file::describe() const
{
    std::string all;
    for (const std::string& name : state_->columns) {
        if (&name - state_->columns.data() == static_cast<std::ptrdiff_t>(most_columns_shown))
            return all + " and " + std::to_string(state_->columns.size() - most_columns_shown) +
                   " more, separated by " + separator_name(separator());
        append_joined(all, ", ", printable(name, most_letters_shown));
    }
    return all + ", separated by " + separator_name(separator());
}

result<bool> csv_file::next(row& out)
{
    if (auto filled = state_->fill(); !filled)
        return filled.error();
    if (state_->parser->rows.empty())
        return false;
    out = std::move(state_->parser->rows.front());
    state_->parser->rows.pop_front();
    return true;
}

} // namespace ulak::csv
