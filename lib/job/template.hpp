// ${name}, ${name|default("x")|upper|trim|cut(11)}; "$${" stands for "${". A missing name is an error, never an empty text.
#pragma once

#include "core/error.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::job {

class text_template {
  public:
    text_template() = default;
    /// Errors say the position in letters: unclosed "${", unknown filter (with the nearest), bad arguments.
    static result<text_template> parse(std::string_view text);

    /// Names that must be given: those with default() are left out of `required_names`.
    std::vector<std::string> names() const;
    std::vector<std::string> required_names() const;
    bool plain() const noexcept; ///< holds no name
    const std::string& source() const noexcept { return source_; }

    /// default() stands in for a value that is not given, and for an empty one, such as an empty cell of a table.
    /// nullptr from `lookup`: not given. Values are inserted as they are, in one pass: "${" in a value stays as it is.
    using lookup = std::function<const std::string*(std::string_view)>;
    result<std::string> render(const lookup& values) const;

  private:
    struct filter {
        std::string name;
        std::string argument;
    };
    struct piece {
        std::string literal;
        std::string name; ///< empty: literal alone
        std::vector<filter> filters;
    };
    std::string source_;
    std::vector<piece> pieces_;
};

} // namespace ulak::job
