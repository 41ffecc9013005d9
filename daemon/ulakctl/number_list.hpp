// A file of numbers: one a line, or a table as spreadsheets write it.
#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ulak::ctl {

struct number_list {
    struct bad_row {
        std::size_t line = 0;
        std::string value{}, why{};
    };
    std::vector<std::string> numbers{}; ///< ten digits, each once, in the file's order
    std::vector<bad_row> bad{};
};

/// Of a table with a first line of names, the column that is named for numbers (telefon, gsm, phone …); else all cells
/// of a row that are numbers. Blank lines and lines that begin with # are passed over. A row without a number is bad.
/// Errors are those of csv_file.
result<number_list> read_number_list(const std::string& path);

} // namespace ulak::ctl
