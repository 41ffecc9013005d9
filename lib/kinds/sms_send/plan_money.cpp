#include "kinds/sms_send/plan_money.hpp"

#include "core/json_text.hpp"
#include "kinds/loading.hpp"
#include "kinds/sms_send/list_budget.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace ulak::kinds::sms {

namespace json = boost::json;

namespace {

/// A plan does not wait longer than this for a balance.
constexpr std::chrono::milliseconds longest_balance_read(10'000);

json::object unread(std::string why)
{
    json::object o;
    o["amount"] = nullptr;
    o["unit"] = nullptr;
    o["enough"] = nullptr;
    o["why"] = std::move(why);
    return o;
}

} // namespace

task<json::object> balance_against(run_context& c, const providers::account& account, money cost)
{
    if (!account.balances)
        co_return unread(account.provider + " tells no balance");
    const auto until = c.clock().now() + std::min(account.read_timeout, longest_balance_read);
    auto balance = co_await account.balances->balance(until);
    if (!balance)
        co_return unread("the balance cannot be read: " + balance.error().message);
    json::object o = json_of(*balance);
    const bool comparable = balance->unit == cost.unit;
    o["enough"] = nullptr;
    o["why"] = nullptr;
    if (!comparable)
        o["why"] = "the cost is in " + cost.unit;
    else
        o["enough"] = balance->amount >= cost.amount;
    if (comparable && balance->amount < cost.amount)
        o["why"] = "the account has " + balance->text() + ", and the send costs " + cost.text();
    co_return o;
}

task<result<json::object>> budgets_against(run_context& c, const providers::account& account, money cost)
{
    auto fits = co_await check_whole_send(c, account, std::move(cost));
    if (!fits && fits.error().code != errc::budget)
        co_return fits.error();
    json::object o;
    o["fits"] = fits.has_value();
    o["why"] = nullptr;
    if (!fits)
        o["why"] = fits.error().message;
    o["run"] = kinds::json_of(c.budget().run);
    o["job_day"] = kinds::json_of(c.budget().day);
    o["account_day"] = kinds::json_of(account.day_budget);
    co_return o;
}

} // namespace ulak::kinds::sms
