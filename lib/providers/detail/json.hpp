// Tolerant reading of scalars in providers' JSON: numbers as text, text as numbers, and never a double for money.
#pragma once

#include "core/error.hpp"
#include "core/money.hpp"
#include "providers/detail/json_value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::providers {

// Each gives nothing for null pointers, JSON null, and values of a shape that cannot mean it.

/// A positive integer of at most twenty digits, without leading zeros, or any other printable text of at most 128
/// bytes.
std::optional<std::string> as_id(const json_value* v);
/// as_id, but digits only: what every order id so far is.
std::optional<std::string> as_number_id(const json_value* v);
/// as_id, but digits, or letters and digits without blanks, as a UUID: never a sentence.
std::optional<std::string> as_token_id(const json_value* v);
std::optional<std::int64_t> as_int(const json_value* v);                   ///< 12, "12", 12.0
std::optional<decimal> as_decimal(const json_value* v);                    ///< as read_amount, whatever its unit
std::optional<money> as_money(const json_value* v, std::string_view unit); ///< nothing where another unit is written
/// Why such a value is not there: "no balance in the answer", or `the balance "unlimited" cannot be read`.
std::string unread(const json_value* v, std::string_view what);
std::optional<bool> as_bool(const json_value* v);        ///< true false 0 1 "0" "1" "true" "false"
std::optional<std::string> as_text(const json_value* v); ///< a string, or a number's literal

} // namespace ulak::providers
