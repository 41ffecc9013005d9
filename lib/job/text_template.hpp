// ${name}, ${name|default("x")|upper|trim|cut(11)}; "$${" stands for "${". A missing name is an error, never an empty
// text.
#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::job {

/// One thing in a template that cannot be read; both places are bytes of the text.
struct template_mistake {
    std::size_t reference_begin = 0; ///< of the reference, where its "${" stands
    std::size_t at = 0;    ///< where reading failed
    std::string message{};
};
/// Every mistake of a text, from left to right: one of each reference, and no more than a person mends at once.
std::vector<template_mistake> find_template_mistakes(std::string_view text);
/// "letter 5: no filter `uper`; did you mean `upper`?"
std::string mistake_text(const template_mistake& wrong, std::string_view text);

class text_template {
  public:
    text_template() = default;
    /// Errors tell the first mistake and its position in letters: unclosed "${", unknown filter (with the nearest), bad
    /// arguments.
    static result<text_template> parse(std::string_view text);

    /// Names that must be given: those with default() are left out of `required_names`.
    std::vector<std::string> names() const;
    std::vector<std::string> required_names() const;
    bool is_literal() const noexcept; ///< holds no name
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
