// The list that a seller of SMS keeps of what it took: where a send that nobody answered can be looked for.
#pragma once

#include "providers/capability.hpp"

#include <chrono>
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

/// A second face of an `sms_sender`, where the provider documents such a list.
class sms_order_list {
  public:
    virtual ~sms_order_list() = default;
    /// All that was taken lately, or an error: errc::unsupported where that is too much to be read. `patience`: with
    /// each page of it; with all of them together the provider's client has one of its own.
    virtual task<result<std::vector<listed_sms>>> recent_orders(std::chrono::milliseconds patience) = 0;
};

} // namespace ulak::providers
