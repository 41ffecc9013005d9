// What a plan says about money: the balance and the budgets against the cost.
#pragma once

#include "kinds/run_context.hpp"

#include <boost/json/object.hpp>

namespace ulak::kinds::sms {

/// {"amount","unit","enough","why"}: the balance as the account tells it now. Amount and `enough` are null, with why,
/// where it cannot be read: that is no answer, and nothing is assumed.
task<boost::json::object> balance_against(run_context& c, const providers::account& account, money cost);

/// {"fits","why","run","job_day","account_day"}: whether the whole send could be booked now, and the limits. Errors are
/// those of the store.
task<result<boost::json::object>> budgets_against(run_context& c, const providers::account& account, money cost);

} // namespace ulak::kinds::sms
