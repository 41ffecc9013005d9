// Reads what an order asks for and finds what is wrong with it.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::smmonayim_panel {

/// What `add` was asked for, as far as it makes sense.
struct order_request {
    const panel_service* service = nullptr;
    std::int64_t quantity = 0;
    std::int64_t runs = 1;
    std::optional<std::uint64_t> interval{}; ///< minutes between runs
};

/// Fills `w` from the call's form. Returns the panel's own word for the first thing that is wrong; empty if nothing is.
std::string_view validate_order(call& c, order_request& w);

} // namespace ulak::sim::smmonayim_panel
