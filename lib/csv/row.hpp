// A row of a CSV file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ulak::csv {

struct row {
    std::size_t line = 0; ///< of the file, where the row begins, from 1
    std::vector<std::string> cells{};
};

} // namespace ulak::csv
