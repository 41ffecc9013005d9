// Products of counts that come from people and files: never wrapped.
#pragma once

#include <cstdint>
#include <optional>

namespace ulak {

/// The exact product; nullopt where 64 bits do not hold it.
constexpr std::optional<std::int64_t> checked_product(std::int64_t a, std::int64_t b) noexcept
{
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product))
        return std::nullopt;
    return product;
}

} // namespace ulak
