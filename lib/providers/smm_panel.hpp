// Capability: places orders at an SMM panel and follows them.
#pragma once

#include "providers/outcome.hpp"
#include "providers/purchase_gate.hpp"
#include "providers/service.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::providers {

struct panel_order {
    panel_order() = default;

    std::string service{}, link{};
    std::int64_t quantity = 0; ///< 0: the extra fields carry it (a list of comments)
    std::optional<std::int64_t> runs{}, interval_minutes{};
    std::map<std::string, std::string> extra{}; ///< further fields, as the panel names them
};

struct panel_receipt {
    std::string order_id;
};

struct panel_status {
    enum class order_state { waiting, working, completed, partial, canceled, failed, unknown };
    panel_status() = default;

    order_state state = order_state::unknown;
    std::string provider_status{}; ///< "In progress"
    std::optional<decimal> charge{};
    std::string currency{};
    std::optional<std::int64_t> start_count{}, remains{};
};

/// Whether the panel will not work on the order any more.
bool is_final(panel_status::order_state s) noexcept;

class smm_panel {
  public:
    virtual ~smm_panel() = default;

    virtual task<result<std::vector<service>>> services(async::steady_point deadline) = 0;
    /// Costly. Never repeated by the client.
    virtual task<outcome<panel_receipt>> add(panel_order order, purchase_gate how) = 0;
    /// By order id. An order that the panel did not mention is absent, one that it refused is an error of its own.
    virtual task<result<std::map<std::string, result<panel_status>>>> status(std::vector<std::string> order_ids,
                                                                             async::steady_point deadline) = 0;
};

} // namespace ulak::providers
