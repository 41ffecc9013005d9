// Amounts as providers write them: JSON's numbers with their exponents, and texts as Turks and others write money.
#pragma once

#include "core/decimal.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ulak::providers {

struct amount_text {
    decimal amount{};
    std::string unit{}; ///< in its normal form, "TRY"; empty: none was written
};

/// "100", "100.50", "4.4e-16" (0.00…), "12,50", "1.234,56", "1,234.56", "1 234,50", "₺100.50", "100,5 TL", "5 kredi". A
/// single comma is that of a decimal, as Turks write it; two kinds of separators, or one that stands twice, group
/// thousands by threes. Nothing for anything else, and for what is beyond a decimal.
std::optional<amount_text> read_amount(std::string_view text);

} // namespace ulak::providers
