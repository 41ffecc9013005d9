// Rows of CSV that a spreadsheet may open without harm.
#pragma once

#include <string>
#include <vector>

namespace ulak::ctl {

/// Cells in quotes where they need them, a comma between them and a line end behind. A text that a spreadsheet would
/// take for a formula gets an apostrophe in front.
std::string csv_row(const std::vector<std::string>& cells);

} // namespace ulak::ctl
