// Rows as CSV, for scripts and spreadsheets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ulak::ctl {

/// A cell as RFC 4180 wants it. What a spreadsheet would take for a formula (= + - @, a tab or a line end in front)
/// gets an apostrophe before it: a text of a stranger is never calculated.
std::string csv_cell(std::string_view text);

/// One line, with its end.
std::string csv_line(const std::vector<std::string>& cells);

} // namespace ulak::ctl
