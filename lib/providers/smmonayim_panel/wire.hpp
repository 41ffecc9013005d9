// The requests of the SMM panel's API (v2, the "Perfect Panel" family) as pure functions. Source: the seed document;
// words and error texts from the family's public documents. One address, https://smmonayim.com/api/v2; POST form
// fields, the key among them.
#pragma once

#include "http/message.hpp"
#include "providers/smm_panel.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::providers::smmonayim_panel::wire {

inline constexpr std::string_view provider_name = "smmonayim-panel";
inline constexpr std::size_t max_orders_per_status = 100; ///< the one limit that the family documents

http::request services(std::string_view key);
/// Costly. errc::invalid_argument: `extra` names a field that has its own key, or neither quantity nor extra is given.
result<http::request> add(std::string_view key, const panel_order& order);
http::request status(std::string_view key, std::string_view order_id);
http::request statuses(std::string_view key, const std::vector<std::string>& order_ids);
http::request balance(std::string_view key);

} // namespace ulak::providers::smmonayim_panel::wire
