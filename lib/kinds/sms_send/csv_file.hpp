// A recipients' file, row by row, whatever its size.
#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// A row longer than this is a quote that was never closed.
inline constexpr std::size_t longest_row = 1024 * 1024;

/// The first line names the columns. UTF-8 with or without BOM; the separator (comma, semicolon, tab) is found in the
/// first line. Blank lines are passed over. Errors are errc::validation with the line's number, errc::not_found without
/// the file.
class csv_file {
  public:
    struct row {
        std::size_t line = 0; ///< counts from 1; of its first line
        std::vector<std::string> cells{};
    };

    /// `below` not empty: the file, links followed, must lie in this folder.
    static result<csv_file> open(const std::string& path, const std::string& below);
    csv_file(csv_file&&) noexcept;
    csv_file& operator=(csv_file&&) noexcept;
    ~csv_file();

    const std::vector<std::string>& columns() const noexcept;

    /// False at the end. `out` is reused.
    result<bool> next(row& out);

  private:
    struct parser;
    explicit csv_file(std::unique_ptr<parser> p);
    std::unique_ptr<parser> parser_;
};

} // namespace ulak::kinds::sms
