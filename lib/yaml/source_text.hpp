// A file's text with an index of its lines: places of bytes, and the lines that problems show.
#pragma once

#include "yaml/problem.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::yaml {

/// A refused file may be wrong in every value; more problems than this do not help.
inline constexpr std::size_t max_problems = 1000;

/// Longer lines are left out of problems: one of 256 KiB would be copied into each of its problems.
inline constexpr std::size_t max_shown_line = 2000;

/// Refers to both texts, which must outlive it. Not for several threads: it remembers the last place.
class source_text {
  public:
    source_text(std::string_view text, std::string_view file);

    std::string_view text() const noexcept { return text_; }
    /// Of a line and column that count bytes from 0, as yaml-cpp's marks do. Places beyond the text: its end.
    std::size_t offset(std::size_t line, std::size_t column) const noexcept;
    place at(std::size_t offset) const;

    problem problem_at(std::size_t offset, std::string_view code, std::string text, std::string hint = {}) const;
    /// Of a line and column as nodes have them.
    problem problem_at_line(std::size_t line, std::size_t column, std::string_view code, std::string text,
                            std::string hint = {}) const;

  private:
    std::string_view line_from_start(std::size_t line) const;
    /// What a problem's hint says of a letter in its line that nobody sees; empty if there is none.
    const std::string& word_of_invisible(std::size_t line) const;

    std::string_view text_;
    std::string_view file_;
    std::vector<std::size_t> starts_;
    // Places are mostly asked for from left to right; counting each from the start of a long line would be quadratic.
    mutable std::size_t counted_until_ = 0, counted_letters_ = 0;
    // Thousands of problems may stand in one long line.
    mutable std::size_t looked_through_ = 0; // the line of `invisible_`
    mutable std::string invisible_{};
};

/// One line (from 1) as a problem shows it: without its line end, and with `*` in place of what follows keys such as
/// `password`, because a literal secret must not reach a log. Letters keep their columns. Empty if there is no such
/// line or it is too long.
std::string shown_line(std::string_view source, std::size_t line);

/// A value or key as problems quote it: `text`, printable and cut.
std::string quoted(std::string_view text);

/// Adds a problem, up to the limit; then once a last one that says so.
void add_problem(problems& found, problem p);

} // namespace ulak::yaml
