// Tolerant reading of providers' JSON: numbers as text, text as numbers, and never a double for money.
#pragma once

#include "core/error.hpp"
#include "core/money.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::providers {

/// A JSON document whose numbers keep the text in which they came: 4.00 stays "4.00", a 20-digit id stays itself.
class json_value {
  public:
    enum class type { null, boolean, number, string, array, object };

    type kind = type::null;
    bool truth = false;
    std::string text{}; ///< of a string, or the number's literal
    std::vector<json_value> items{};
    std::vector<std::pair<std::string, json_value>> members{};

    const json_value* find(std::string_view key) const noexcept;   ///< of an object
    const json_value* at_pointer(std::string_view pointer) const;  ///< "/data/sms/0/code"
    bool is_object() const noexcept { return kind == type::object; }
    bool is_array() const noexcept { return kind == type::array; }
};

/// At most depth 32, keys of 256 bytes, 100,000 elements. A byte-order mark and blanks around are dropped. Conflicting duplicate keys,
/// NaN, rubbish behind the document: errc::contract.
result<json_value> parse_provider_json(std::string_view body);

// Each gives nothing for what is absent, null, or of a shape that cannot mean it.
std::optional<std::string> as_id(const json_value* v);      ///< positive integer, as decimal text without leading zeros, or other non-empty text
std::optional<std::string> as_number_id(const json_value* v); ///< as_id, digits only: what every order id so far is
std::optional<std::int64_t> as_int(const json_value* v);
std::optional<decimal> as_decimal(const json_value* v);
std::optional<bool> as_bool(const json_value* v);           ///< true false 0 1 "0" "1" "true" "false"
std::optional<std::string> as_text(const json_value* v);    ///< string, or a number's literal

} // namespace ulak::providers
