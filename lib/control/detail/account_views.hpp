// Accounts and what they sell, as JSON: the shapes that scripts rely on.
#pragma once

#include "ledger/records.hpp"
#include "providers/account.hpp"
#include <boost/json/object.hpp>
#include <vector>

namespace ulak::control {

boost::json::object view(const providers::service& service);
/// `read`: stored readings, newest first. "per_hour" is what the balance loses in an hour, over the last day.
boost::json::object view(const providers::account& account, const std::vector<ledger::balance_record>& read);

} // namespace ulak::control
