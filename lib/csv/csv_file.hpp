// Reads a CSV file row by row, whatever its size.
#pragma once

#include "csv/row.hpp"
#include "csv/text_file.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ulak::csv {

struct csv_options {
    encoding written = encoding::automatic;
    char separator = 0;    ///< 0: found in the file
    std::string column{};  ///< that the file should have: it tells the separator, and a title above the names
    bool has_names = true; ///< the first row names the columns
};

/// The first row that is not blank names the columns, behind a line such as "sep=;". Memory holds one block of the
/// file.
class csv_file {
  public:
    /// Errors are those of text_file::open, and errc::validation for a first row that cannot be read.
    static result<csv_file> open(const std::string& path, const file_fence& fence, const csv_options& options = {});
    csv_file(csv_file&&) noexcept;
    csv_file& operator=(csv_file&&) noexcept;
    ~csv_file();

    const std::vector<std::string>& columns() const noexcept;
    char separator() const noexcept;
    encoding found() const noexcept; ///< as far as it was read
    /// "telefon, ad, separated by a comma (,)": at most 20 of the columns.
    std::string describe() const;

    /// False at the end. errc::validation with the line: the file cannot be read on.
    result<bool> next(row& out);

  private:
    struct state;
    explicit csv_file(std::unique_ptr<state> s);
    std::unique_ptr<state> state_;
};

} // namespace ulak::csv
