// Tamonay's REST API: its requests, out of typed inputs, as pure functions.
// Source: the seed document (www.tamonay.com/api-docs). Base https://www.tamonay.com/api/v1, Bearer token, JSON.
#pragma once

#include "http/message.hpp"
#include "providers/number_seller.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::providers::tamonay::wire {

inline constexpr std::string_view provider_name = "tamonay";

/// Where a one-time code may stand in an order, and the words of its status. The document shows neither the field nor
/// any word but "active", so all of it can be set in the account.
struct status_vocabulary {
    status_vocabulary();

    std::vector<std::string> code_fields; ///< JSON pointers, tried in order
    std::vector<std::string> waiting, received, cancelled;
};

http::request get_user(std::string_view token);
http::request get_categories(std::string_view token);
http::request get_services(std::string_view token);
http::request get_services_of(std::string_view token, std::string_view category_id);
/// `page` begins with 1. The document calls the list paged and names no parameter: this one is its framework's.
http::request get_orders(std::string_view token, int per_page, int page = 1);
http::request get_order(std::string_view token, std::string_view order_id);
http::request update_status(std::string_view token, std::string_view order_id);
http::request get_balance_history(std::string_view token);

struct number_request {
    std::string service_id{};
    std::string operator_name{};   ///< empty: any
    std::optional<bool> forward{}; ///< "SMS yönlendirme", not explained further
};
/// Costly. errc::invalid_argument if the service is not a number.
result<http::request> post_order(std::string_view token, const number_request& wanted);

} // namespace ulak::providers::tamonay::wire
