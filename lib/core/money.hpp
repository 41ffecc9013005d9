// Amounts of money: an exact number and its unit.
#pragma once

#include "core/decimal.hpp"
#include "core/error.hpp"

#include <ostream>
#include <string>
#include <string_view>

namespace ulak {

/// An amount with its unit: a currency in three capitals ("TRY", "USD") or "credits". Units are compared as written.
struct money {
    money() = default;
    money(decimal amount_, std::string unit_) : amount(amount_), unit(std::move(unit_)) {}

    /// "12 TRY", "0.95 USD", "500 credits". Anything else: errc::invalid_argument with what to write.
    static result<money> parse(std::string_view text);

    /// The amount alone, with two fraction digits for currencies and none for credits: "4.00", "5555".
    std::string amount_text() const;
    /// "4.00 TRY"
    std::string text() const;

    friend bool operator==(const money&, const money&) = default;
    friend std::ostream& operator<<(std::ostream& out, const money& m);

    decimal amount{};
    std::string unit{};
};

} // namespace ulak
