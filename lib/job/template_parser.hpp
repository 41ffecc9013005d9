// Reads one template from left to right.
#pragma once

#include "core/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::job {

struct parsed_filter {
    std::string name;
    std::string argument;
};

/// A stretch of text, or a name with its filters.
struct parsed_piece {
    std::string literal;
    std::string name;
    std::vector<parsed_filter> filters;
};

class template_parser {
  public:
    explicit template_parser(std::string_view text) : text_(text) {}
    result<std::vector<parsed_piece>> run();

  private:
    std::optional<error> reference();
    std::optional<error> name(parsed_piece& piece);
    std::optional<error> filter(parsed_piece& piece);
    std::optional<error> argument(parsed_filter& f);
    error wrong(std::size_t at, const std::string& what) const;
    void skip_blanks() noexcept;
    bool take(char c) noexcept;
    void literal(std::string_view text);

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<parsed_piece> pieces_;
};

} // namespace ulak::job
