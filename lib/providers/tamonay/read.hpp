// What Tamonay's answers say. Errors: errc::contract for what is neither a value nor a refusal, else the refusal's
// code.
#pragma once

#include "providers/tamonay/wire.hpp"

namespace ulak::providers::tamonay::wire {

struct category {
    std::string id{}, name{}, slug{};
    std::vector<service> services{};
};

/// A line of the balance history. The document does not show its shape; what is absent stays empty.
struct balance_entry {
    std::string id{}, kind{}, text{};
    std::optional<decimal> amount{};
    std::optional<wall_point> at{};
};

// Services and orders without an id are left out of the lists.

result<money> read_balance(const http::response& r);
result<std::vector<category>> read_categories(const http::response& r);
result<std::vector<service>> read_services(const http::response& r);
result<number_order> read_order(const http::response& r);
/// Answers of GET /orders/{id} and POST /orders/{id}/update-status. errc::contract too: about another order.
result<number_status> read_number_status(const http::response& r, const status_vocabulary& words,
                                         std::string_view order_id);
result<std::vector<listed_number>> read_orders(const http::response& r);
result<std::vector<balance_entry>> read_history(const http::response& r);

} // namespace ulak::providers::tamonay::wire
