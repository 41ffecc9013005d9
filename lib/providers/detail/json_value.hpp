// A provider's JSON document, with every number as the text in which it came.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::providers {

/// Numbers stay text, so 4.00 stays "4.00" and an id of twenty digits stays itself.
class json_value {
  public:
    enum class type { null, boolean, number, string, array, object };

    type kind = type::null;
    bool truth = false;
    std::string text{}; ///< of a string, or the number's literal
    std::vector<json_value> items{};
    std::vector<std::pair<std::string, json_value>> members{}; ///< in the order of the document

    const json_value* find(std::string_view key) const noexcept;  ///< a member; null: absent, or not an object
    const json_value* at_pointer(std::string_view pointer) const; ///< RFC 6901: "/data/sms/0/code"; null: absent
    bool is_object() const noexcept { return kind == type::object; }
    bool is_array() const noexcept { return kind == type::array; }
};

} // namespace ulak::providers
