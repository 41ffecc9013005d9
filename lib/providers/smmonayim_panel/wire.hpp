// The SMM panel's API (v2, the "Perfect Panel" family) as pure functions. Source: the seed document; words and error
// texts from the family's public documents. One address, https://smmonayim.com/api/v2, POST form fields, the key among
// them.
#pragma once

#include "http/message.hpp"
#include "providers/capability.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::providers::smmonayim_panel::wire {

inline constexpr std::string_view provider_name = "smmonayim-panel";
inline constexpr std::size_t max_orders_per_status = 100; ///< where the family names a limit, it is this

http::request services(std::string_view key);
/// Costly. errc::invalid_argument if `extra` names a field that is set otherwise, or no quantity is above zero.
result<http::request> add(std::string_view key, const panel_order& order);
http::request status(std::string_view key, std::string_view order_id);
http::request statuses(std::string_view key, const std::vector<std::string>& order_ids);
http::request balance(std::string_view key);

using statuses_by_order = std::map<std::string, result<panel_status>>;

/// Prices per 1000, in `unit`, since the list names no currency.
result<std::vector<service>> read_services(const http::response& r, std::string_view unit);
result<panel_receipt> read_add(const http::response& r);
/// "Incorrect order ID" is about the order, everything else about the call.
result<statuses_by_order> read_status(const http::response& r, std::string_view order_id);
/// Of the asked ids; those that the panel did not mention are absent, and so are those that nobody asked for.
result<statuses_by_order> read_statuses(const http::response& r, const std::vector<std::string>& order_ids);
result<money> read_balance(const http::response& r, std::string_view unit_if_none);

/// "In progress", "Cancelled" or "Canceled", in any case.
panel_status::order_state state_of(std::string_view word);

} // namespace ulak::providers::smmonayim_panel::wire
