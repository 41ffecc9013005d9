#include "kinds/purchase/balance_snapshot.hpp"

#include "kinds/json_fields.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>

namespace ulak::kinds {

void put_balance(boost::json::object& o, const std::optional<balance_snapshot>& b)
{
    if (!b)
        return;
    put_money(o, "before", b->amount);
    o["before_at"] = unix_ms(b->at);
}

std::optional<balance_snapshot> balance_field(const boost::json::object& o)
{
    const auto amount = money_field(o, "before");
    if (!amount || !o.contains("before_at"))
        return std::nullopt;
    balance_snapshot b;
    b.amount = *amount;
    b.at = from_unix_ms(integer_field(o, "before_at"));
    return b;
}

task<std::optional<balance_snapshot>> read_balance_snapshot(run_context& c, const providers::account& account)
{
    if (!account.balances)
        co_return std::nullopt;
    balance_snapshot b;
    b.at = c.clock().wall_now();
    const auto timeout = account.shared ? std::min(account.read_timeout, hint_timeout) : account.read_timeout;
    auto amount = co_await account.balances->balance(c.clock().now() + timeout);
    co_await reset_cancellation();
    if (!amount)
        co_return std::nullopt;
    b.amount = *amount;
    co_return b;
}

} // namespace ulak::kinds
