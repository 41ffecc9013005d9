// A file of text as UTF-8, block by block, whatever a spreadsheet wrote.
#pragma once

#include "core/error.hpp"
#include "core/file_fence.hpp"
#include "csv/encoding.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace ulak::csv {

/// In bytes. Ten million people with a hundred letters each; a larger file is no list of recipients.
inline constexpr std::size_t largest_file = 1024UL * 1024 * 1024;

/// errc::validation with the line in front: "line 12: …".
error line_error(std::size_t line, const std::string& problem);

class text_file {
  public:
    /// An absolute path. The file has to lie inside of the fence with its links followed, and be a regular one no
    /// larger than `largest_file`: what was checked is what is read, whatever becomes of the path meanwhile.
    /// errc::not_found: there is no such file.
    /// errc::forbidden: it lies outside of the fence.
    /// errc::validation: it cannot be read, or is no text: a workbook, a web page.
    static result<text_file> open(const std::string& path, const file_fence& fence,
                                  encoding wanted = encoding::automatic);
    text_file(text_file&&) noexcept;
    text_file& operator=(text_file&&) noexcept;
    ~text_file();

    /// The next block: whole letters of UTF-8 without byte order mark and NUL, every line end as '\n'. Empty at the
    /// end. errc::validation with the line.
    result<std::string> read();

    /// As far as it was read; never `automatic`.
    encoding found() const noexcept;

  private:
    struct state;
    explicit text_file(std::unique_ptr<state> s);
    std::unique_ptr<state> state_;
};

} // namespace ulak::csv
