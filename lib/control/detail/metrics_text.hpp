// Text in Prometheus' exposition format, version 0.0.4.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ulak::control {

/// The value of a label, without the quotes around it.
std::string escaped_label(std::string_view label);

/// A family is declared before its values.
class metrics_text {
  public:
    void family(std::string_view name, std::string_view type, std::string_view help);
    /// `labels` as they stand between the braces; empty: none.
    void value(std::string_view name, std::string_view labels, std::string_view number);
    /// A family of one value.
    void single(std::string_view name, std::string_view type, std::string_view help, std::uint64_t number);

    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

} // namespace ulak::control
