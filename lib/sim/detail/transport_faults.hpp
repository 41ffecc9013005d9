// Faults that any call can meet: what happens to the connection, the status and the body, whatever was asked.
#pragma once

#include "http/server.hpp"
#include "sim/fault_kind.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace ulak::sim {

class call;

/// What strikes one request on its way in and out.
struct transport_faults {
    transport_faults() = default;

    std::chrono::milliseconds delay_before{0};  ///< to wait before anything is done
    std::chrono::milliseconds delay_after{0};   ///< to wait before the answer goes out
    std::optional<http::reply> reply_instead{}; ///< answered without doing anything
    std::optional<http::reply> reply_over{};    ///< answered after doing it
    bool empty_body = false;
    bool bom = false;
    bool warnings = false;
    bool garbage = false;
    std::optional<std::size_t> truncate_at{}; ///< body bytes; npos: half of them
};

/// The rows of the table, for the help page and for refusing a mistyped word.
std::vector<fault_kind> transport_fault_kinds();

/// Asks for every fault of the table once, and for a status; those that strike are noted in the call's entry.
transport_faults plan_transport_faults(call& c);

/// Does to the answer what the plan says.
void apply_transport_faults(const transport_faults& plan, http::reply& r);

} // namespace ulak::sim
