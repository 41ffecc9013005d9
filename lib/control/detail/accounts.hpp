// Handlers of the accounts, their balances and what they sell.
#pragma once

#include "control/detail/request_context.hpp"
#include <boost/json/array.hpp>

namespace ulak::control {

/// Every account with its last balance, as /v1/accounts and the status show it.
task<result<boost::json::array>> list_accounts(server_state& server);

/// GET /v1/accounts
task<http::reply> get_accounts(request_context& c);
/// GET /v1/accounts/{a}/balance: asks the provider
task<http::reply> get_balance(request_context& c);
/// GET /v1/accounts/{a}/services: asks the provider
task<http::reply> get_services(request_context& c);
/// POST /v1/accounts/{a}/adopt: a person says that it is the wallet that it was
task<http::reply> post_account_adopt(request_context& c);

} // namespace ulak::control
