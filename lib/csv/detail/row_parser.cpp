#include "csv/detail/row_parser.hpp"

#include "csv/blank.hpp"
#include "csv/text_file.hpp"

#include <algorithm>
#include <utility>

namespace ulak::csv {
namespace {

/// How old programs end a file.
constexpr std::string_view end_mark = "\x1A";
/// Bytes by which the memory of a long cell grows.
constexpr std::size_t cell_growth = 64 * 1024;

bool says_nothing(const row& r)
{
    const bool marked = r.cells.size() == 1 && r.cells.front() == end_mark;
    return marked || std::ranges::all_of(r.cells, [](const std::string& c) { return is_blank(c); });
}

} // namespace

row_parser::row_parser(char separator, std::size_t first_line)
    : separator_(separator), line_(first_line), start_(first_line)
{
    csv_init(&csv_, CSV_REPALL_NL);
    csv_set_blk_size(&csv_, cell_growth);
    csv_set_delim(&csv_, static_cast<unsigned char>(separator));
}

row_parser::~row_parser()
{
    csv_free(&csv_);
}

void row_parser::cell(void* text, std::size_t size)
{
    std::string value(static_cast<const char*>(text), size);
    const auto ends = static_cast<std::size_t>(std::ranges::count(value, '\n'));
    if (ends > 0 && swallowing_ == 0 && value.find(separator_) != std::string::npos) {
        swallowing_ = line_;
        swallowed_ = line_ + ends;
    }
    line_ += ends;
    current_.cells.push_back(std::move(value));
}

void row_parser::row_end(int end)
{
    since_row_ = 0;
    if (!current_.cells.empty()) {
        current_.line = start_;
        if (!says_nothing(current_) && swallowing_ == 0)
            rows.push_back(std::move(current_));
        current_ = row();
    }
    if (end == '\n')
        ++line_;
    start_ = line_;
}

result<void> row_parser::judge() const
{
    if (swallowing_ == 0)
        return {};
    return line_error(swallowing_, "the quote that opens here closes in line " + std::to_string(swallowed_) +
                                       " only, with whole rows in between: one of the two is not meant as a quote");
}

result<void> row_parser::feed(std::string_view text)
{
    since_row_ += text.size();
    if (csv_parse(&csv_, text.data(), text.size(), on_cell, on_row, this) != text.size())
        return line_error(line_, "this row cannot be read");
    if (auto sound = judge(); !sound)
        return sound;
    if (since_row_ > longest_row + text.size())
        return line_error(start_,
                          "the row is longer than " + std::to_string(longest_row) + " bytes; is a quote not closed?");
    return {};
}

result<void> row_parser::finish()
{
    // A line end ends every row but one whose quote is open.
    const std::size_t before = start_;
    const auto fed = feed("\n");
    const bool open = fed && start_ == before;
    if (open)
        return line_error(start_, "a quote opens in this row and is never closed");
    csv_fini(&csv_, on_cell, on_row, this);
    return fed;
}

} // namespace ulak::csv
