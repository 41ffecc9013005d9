// ${name}, ${name|default("x")|upper|trim|cut(11)}; "$${" stands for "${". A missing name is an error, never an empty
// text.
#pragma once

#include "core/error.hpp"
#include "job/template_piece.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::job {

/// One part of a template that cannot be read. Both places are offsets in bytes.
struct template_mistake {
    std::size_t reference_begin = 0; ///< the "${" of the reference
    std::size_t at = 0;              ///< where reading failed
    std::string message{};
};
/// Every mistake of a text, from left to right: one of each reference, up to `max_template_mistakes`.
std::vector<template_mistake> find_template_mistakes(std::string_view text);
/// "letter 5: no filter `uper`; did you mean `upper`?"
std::string mistake_text(const template_mistake& wrong, std::string_view text);

/// Whose letters `upper` and `lower` know: those of a message are Turkish (i and İ, ı and I), those of links, services
/// and numbers are ASCII, where all others stay as they are.
enum class letters { turkish, ascii };

/// A parsed template. An empty one renders the empty text.
class text_template {
  public:
    text_template() = default;
    /// errc::invalid_argument names the first mistake and its position in letters: unclosed "${", unknown filter (with
    /// the nearest), bad arguments.
    static result<text_template> parse(std::string_view text, letters known = letters::turkish);

    std::vector<std::string> names() const; ///< each once, in the order of the text
    /// Names that must be given: those with default() are left out.
    std::vector<std::string> required_names() const;
    bool is_literal() const noexcept; ///< holds no name
    const std::string& source() const noexcept { return source_; }

    /// default() stands in for a value that is not given, and for an empty one, such as an empty cell of a table.
    /// nullptr from `lookup`: not given. Values are inserted as they are, in one pass: "${" in a value stays as it is.
    /// A name without a value: errc::invalid_argument with all of them.
    using lookup = std::function<const std::string*(std::string_view)>;
    result<std::string> render(const lookup& values) const;

  private:
    std::string source_;
    letters letters_ = letters::turkish;
    std::vector<template_piece> pieces_;
};

} // namespace ulak::job
