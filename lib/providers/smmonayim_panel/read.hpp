// What an SMM panel's answers say. Errors: errc::contract for what is neither a value nor a refusal, else the refusal's
// code.
#pragma once

#include "providers/smmonayim_panel/wire.hpp"

namespace ulak::providers::smmonayim_panel::wire {

using statuses_by_order = std::map<std::string, result<panel_status>>;

/// Prices per 1000, in `unit`, since the list names no currency.
result<std::vector<service>> read_services(const http::response& r, std::string_view unit);
result<panel_receipt> read_add(const http::response& r);
/// "Incorrect order ID" is an error of the order, every other refusal one of the call.
result<statuses_by_order> read_status(const http::response& r, std::string_view order_id);
/// Only of the ids in `order_ids`; those that the panel did not mention are absent.
result<statuses_by_order> read_statuses(const http::response& r, const std::vector<std::string>& order_ids);
result<money> read_balance(const http::response& r, std::string_view unit_if_none);

} // namespace ulak::providers::smmonayim_panel::wire
