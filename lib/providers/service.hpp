// An offer in a provider's list: a service that numbers are rented for, or one of a panel.
#pragma once

#include "core/money.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ulak::providers {

/// What the provider did not say is empty.
struct service {
    service() = default;

    std::string id{}, name{}, category{};
    std::optional<money> price{}; ///< of one number; of a panel: per 1000
    std::optional<std::int64_t> stock{}, min_quantity{}, max_quantity{};
    std::string type{};       ///< of a panel: "Default", "Custom Comments" …
    std::string unreadable{}; ///< what stands where a price or a limit should, and cannot be read: `max "many"`
};

} // namespace ulak::providers
