// The named fields of a form or a query, as PHP takes them: of two with one name the last counts.
#pragma once

#include "http/message.hpp"

#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

namespace ulak::sim {

class call;

namespace strict {

class fields {
  public:
    fields() = default;
    explicit fields(http::header_list pairs) : pairs_(std::move(pairs)) {}

    std::optional<std::string_view> find(std::string_view name) const;
    bool empty() const noexcept { return pairs_.empty(); }
    std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view()); }

    /// Records a mistake for every name that is not in the document, and for every name that stands twice.
    void allow_only(call& c, std::initializer_list<std::string_view> known) const;

  private:
    http::header_list pairs_;
};

} // namespace strict
} // namespace ulak::sim
