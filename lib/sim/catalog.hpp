// What can be ordered: services that rent numbers, and services of a panel, with price and stock.
#pragma once

#include "core/money.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ulak::sim {

struct category {
    std::int64_t id = 0;
    std::string name{};
    std::string slug{};
};

/// One kind of number that can be rented.
struct number_service {
    std::int64_t id = 0;
    std::int64_t category = 0;
    std::string name{};
    std::string prefix{}; ///< country code and first digits of its numbers, "+6578"
    int digits = 0;       ///< random ones after the prefix
    decimal price{};
    std::int64_t stock = 0;
};

struct number_catalog {
    std::vector<category> categories{};
    std::vector<number_service> services{};

    const category* find_category(std::int64_t id) const;
    number_service* find(std::int64_t id);
};

/// A service of the panel; `rate` is for 1000.
struct panel_service {
    std::int64_t id = 0;
    std::string name{};
    std::string type{};
    std::string category{};
    decimal rate{};
    std::int64_t min = 0;
    std::int64_t max = 0;
};

/// A price in hundredths of its unit.
constexpr decimal hundredths(std::int64_t n)
{
    return decimal::from_micros(n * (decimal::scale / 100));
}

} // namespace ulak::sim
