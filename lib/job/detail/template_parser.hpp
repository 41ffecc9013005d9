// Reads one template from left to right, and goes on behind references that it cannot read.
#pragma once

#include "job/template_piece.hpp"
#include "job/text_template.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::job {

/// Mistakes that are reported of one text: bounds what a text of nothing but mistakes costs.
inline constexpr std::size_t max_template_mistakes = 50;

/// Reads one text once. The text must outlive the parser.
class template_parser {
  public:
    explicit template_parser(std::string_view text) : text_(text) {}
    /// The pieces; of use only without mistakes.
    std::vector<template_piece> parse();
    const std::vector<template_mistake>& mistakes() const noexcept { return mistakes_; }

  private:
    void parse_reference();
    bool read_reference(template_piece& piece);
    bool read_name(template_piece& piece);
    bool read_filter(template_piece& piece);
    bool read_argument(template_filter& f);
    bool fail(std::size_t at, std::string message);
    void skip_reference();
    void skip_blanks() noexcept;
    bool take(char c) noexcept;
    void append_literal(std::string_view text);

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t reference_begin_ = 0; ///< of the reference that is being read
    std::vector<template_piece> pieces_;
    std::vector<template_mistake> mistakes_;
};

} // namespace ulak::job
