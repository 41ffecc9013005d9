// Reads a CSV file row by row, whatever its size.
#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// In bytes. A longer row is taken for a quote that was never closed.
inline constexpr std::size_t longest_row = 1024 * 1024;

/// The first line names the columns. UTF-8 with or without byte order mark; the separator (comma, semicolon or tab) is
/// found in the first line. Blank lines are skipped. Memory holds one block of the file.
class csv_file {
  public:
    struct row {
        std::size_t line = 0; ///< where the row begins, from 1
        std::vector<std::string> cells{};
    };

    /// `below` not empty: the file, with its links followed, has to lie in this folder.
    /// errc::not_found: there is no such file.
    /// errc::forbidden: it lies outside of the folder.
    /// errc::validation: it cannot be read, or its first line (the message says which line and why).
    static result<csv_file> open(const std::string& path, const std::string& below);
    csv_file(csv_file&&) noexcept;
    csv_file& operator=(csv_file&&) noexcept;
    ~csv_file();

    const std::vector<std::string>& columns() const noexcept;

    /// False at the end. errc::validation with the line: the file cannot be read on.
    result<bool> next(row& out);

  private:
    struct parser;
    explicit csv_file(std::unique_ptr<parser> p);
    std::unique_ptr<parser> parser_;
};

} // namespace ulak::kinds::sms
