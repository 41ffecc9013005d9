// Capability of some SMS senders: the provider's own list of orders, where a lost send can be looked up.
#pragma once

#include "async/task.hpp"
#include "core/error.hpp"
#include "core/wall_time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ulak::providers {

struct listed_sms {
    listed_sms() = default;

    std::string id{}, sender{};
    std::optional<std::int64_t> total{}; ///< recipients
    std::optional<wall_point> submitted{};
};

/// Implemented beside `sms_sender` where the provider documents such a list.
class sms_order_list {
  public:
    virtual ~sms_order_list() = default;
    /// All orders of the last hour at least. `page_timeout` is for each page; the client bounds all pages together.
    /// errc::unsupported: the list is too long to be read whole, and a part of it would prove nothing.
    virtual task<result<std::vector<listed_sms>>> recent_orders(std::chrono::milliseconds page_timeout) = 0;
};

} // namespace ulak::providers
