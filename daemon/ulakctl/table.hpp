// Rows and columns for a terminal; plain text for a pipe.
#pragma once

#include "ulakctl/screen.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace ulak::ctl {

/// Rows under their headers. On a terminal that is too narrow the last column gives way, then the widest others; the
/// first one, which names the row, at last.
class table {
  public:
    explicit table(std::vector<std::string> headers) : headers_(std::move(headers)) {}
    void add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    bool empty() const noexcept { return rows_.empty(); }
    std::string text(const screen& s) const;
    std::vector<std::string> lines(const screen& s) const; ///< the headers first; without line ends

  private:
    std::vector<std::size_t> widths(const screen& s) const;
    std::vector<std::string> headers_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace ulak::ctl
