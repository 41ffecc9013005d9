// Capability: rents phone numbers, waits for their SMS and gives them back.
#pragma once

#include "core/wall_time.hpp"
#include "providers/outcome.hpp"
#include "providers/purchase_gate.hpp"
#include "providers/service.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::providers {

struct number_order {
    number_order() = default;

    std::string id{};
    std::string number{};                ///< as the provider writes it, of any country
    std::optional<money> price{};        ///< if the answer says it
    std::optional<wall_point> created{}; ///< by the provider's clock, if the answer says it
};

/// What one poll of an order found.
struct number_status {
    enum class sms_state {
        waiting,
        code,
        ended,
        unreadable ///< the provider says that the code is here, and shows none
    };
    number_status() = default;

    sms_state state = sms_state::waiting;
    std::string code{};            ///< as text; leading zeros are kept where they arrived
    bool numeric = false;          ///< came as a JSON number: leading zeros may have been lost on the way
    std::string text{};            ///< the whole message, where the provider gives it
    std::string provider_status{}; ///< the provider's own word
};

/// An order found in the provider's own list.
struct listed_number {
    listed_number() = default;

    number_order order{};
    std::string service{}, operator_name{}; ///< empty: not shown
    std::optional<wall_point> created{};
};

class number_seller {
  public:
    virtual ~number_seller() = default;

    virtual bool can_cancel() const = 0;
    virtual bool lists_orders() const = 0;

    virtual task<result<std::vector<service>>> services(async::steady_point deadline) = 0;
    /// Price and stock of one service. errc::not_found: the provider does not have it.
    virtual task<result<service>> offer(std::string service_id, async::steady_point deadline) = 0;
    /// Costly. Never repeated by the client. `operator_name`: empty for any, ignored where it cannot be chosen.
    virtual task<outcome<number_order>> order(std::string service_id, std::string operator_name, purchase_gate how) = 0;
    virtual task<result<number_status>> poll(std::string number_id, async::steady_point deadline) = 0;
    /// Asks for the refund. Errors:
    /// errc::denied_now: refused, which is never final by itself (too early, too late, or overtaken by the SMS).
    /// errc::unsupported: can_cancel() is false.
    virtual task<result<void>> cancel(std::string number_id, async::steady_point deadline) = 0;
    /// Newest first, in pages of about fifty that begin with 1. Behind the last page there is nothing, or the same
    /// again. errc::unsupported: lists_orders() is false.
    virtual task<result<std::vector<listed_number>>> recent_orders(int page, async::steady_point deadline) = 0;
};

} // namespace ulak::providers
