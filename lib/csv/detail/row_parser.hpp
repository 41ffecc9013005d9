// libcsv with what it has found so far: rows of cells, and the lines on which they stand. Private to the module.
#pragma once

#include "core/error.hpp"
#include "csv/row.hpp"

#include <csv.h>

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace ulak::csv {

/// In bytes. A longer row is taken for a quote that was never closed.
inline constexpr std::size_t longest_row = 1024 * 1024;

/// Takes text as `text_file` gives it. A quote in the middle of a cell is a letter like any other; one that opens a
/// cell must close it. A cell that goes on over a line end and holds separators, too, is a quote that was left open and
/// has swallowed rows: one person would get the others' names and numbers. Rows of blank cells are passed over.
class row_parser {
  public:
    row_parser(char separator, std::size_t first_line);
    ~row_parser();
    row_parser(const row_parser&) = delete;
    row_parser& operator=(const row_parser&) = delete;

    /// errc::validation with the line. After an error nothing more can be fed; rows before it are there.
    result<void> feed(std::string_view text);
    result<void> finish();

    std::deque<row> rows{};

  private:
    static void on_cell(void* text, std::size_t size, void* self) { static_cast<row_parser*>(self)->cell(text, size); }
    static void on_row(int end, void* self) { static_cast<row_parser*>(self)->row_end(end); }
    void cell(void* text, std::size_t size);
    void row_end(int end);
    result<void> judge() const;

    csv_parser csv_{};
    char separator_;
    row current_{};
    std::size_t line_, start_, since_row_ = 0;
    std::size_t swallowing_ = 0, swallowed_ = 0; ///< lines on which such a cell begins and ends; 0: none
};

} // namespace ulak::csv
