// An exact decimal number. Never a double: providers write "150.00", 4.00, 100, "8" and "0.27819" for the same thing.
#pragma once

#include "core/error.hpp"

#include <compare>
#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>

namespace ulak {

/// A decimal number with six fraction digits, enough for every amount that a provider has shown (five at most).
class decimal {
  public:
    static constexpr std::int64_t scale = 1'000'000;

    constexpr decimal() = default;
    static constexpr decimal from_micros(std::int64_t micros) noexcept { return decimal(micros); }
    /// Saturating, as the sums and products below.
    static constexpr decimal from_integer(std::int64_t whole) noexcept
    {
        std::int64_t micros = whole < 0 ? lowest_micros : highest_micros;
        if (__builtin_mul_overflow(whole, scale, &micros))
            return decimal(whole < 0 ? lowest_micros : highest_micros);
        return decimal(micros);
    }

    /// "150.00", "4", "-0.5", "1e2" is refused. More than six fraction digits: the rest must be zeros, else rounded
    /// half up. Overflow, blanks, empty, signs without digits: errc::invalid_argument.
    static result<decimal> parse(std::string_view text);

    constexpr std::int64_t micros() const noexcept { return micros_; }
    /// The true amount is beyond what a decimal holds: it is one of the two ends, which stand for everything outside.
    /// Such an amount fits no budget. Sums and products of it stay at an end: what once overflowed cannot come back
    /// as a sound amount.
    constexpr bool overflowed() const noexcept { return micros_ == highest_micros || micros_ == lowest_micros; }
    constexpr bool negative() const noexcept { return micros_ < 0; }
    constexpr bool zero() const noexcept { return micros_ == 0; }

    /// Shortest exact text with at least `min_fraction` digits after the point: "4.00", "0.27819", "5555".
    std::string text(int min_fraction = 0) const;

    /// Saturating, so that nobody's nonsense can wrap around; see overflowed().
    friend decimal operator+(decimal a, decimal b) noexcept;
    friend decimal operator-(decimal a, decimal b) noexcept;
    /// Rounded half up to the last digit; saturating. `denominator` is positive.
    decimal times(std::int64_t numerator, std::int64_t denominator = 1) const noexcept;

    friend constexpr auto operator<=>(decimal, decimal) noexcept = default;
    friend std::ostream& operator<<(std::ostream& out, decimal d);

  private:
    static constexpr std::int64_t lowest_micros = std::numeric_limits<std::int64_t>::min();
    static constexpr std::int64_t highest_micros = std::numeric_limits<std::int64_t>::max();

    decimal other_end() const noexcept; ///< of one that overflowed

    explicit constexpr decimal(std::int64_t micros) noexcept : micros_(micros) {}
    std::int64_t micros_ = 0;
};

} // namespace ulak
