// Reads a CSV file row by row, whatever its size.
#pragma once

#include "core/error.hpp"
#include "core/file_fence.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// In bytes. A longer row is taken for a quote that was never closed.
inline constexpr std::size_t longest_row = 1024 * 1024;
/// In bytes. Ten million people with a hundred letters each; a larger file is no list of recipients.
inline constexpr std::size_t largest_file = 1024UL * 1024 * 1024;

/// The first line names the columns. UTF-8 with or without byte order mark; the separator (comma, semicolon or tab) is
/// found in the first line. Blank lines are skipped. Memory holds one block of the file.
class csv_file {
  public:
    struct row {
        std::size_t line = 0; ///< where the row begins, from 1
        std::vector<std::string> cells{};
    };

    /// An absolute path. The file has to lie inside of the fence with its links followed, and be a regular one no
    /// larger than `largest_file`: what was checked is what is read, whatever becomes of the path meanwhile.
    /// errc::not_found: there is no such file.
    /// errc::forbidden: it lies outside of the fence.
    /// errc::validation: it cannot be read, or its first line (the message says which line and why).
    static result<csv_file> open(const std::string& path, const file_fence& fence);
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
