// Orders whose runs were cancelled: no panel documents a cancel, so it goes on with them, and only it knows for how
// long.
#include "kinds/smm_order/smm_run.hpp"

namespace ulak::kinds::smm {

using ledger::run_state;

namespace {

/// No panel works longer on an order.
constexpr std::chrono::hours order_lifetime(24 * 30);

/// What the panel does not know, or has ended, is not in the way. What it does not tell may be.
bool is_over(const std::map<std::string, result<providers::panel_status>>& seen, const std::string& order)
{
    const auto one = seen.find(order);
    if (one == seen.end())
        return false;
    if (!one->second)
        return one->second.error().code == errc::not_found;
    return providers::is_final(one->second->state);
}

} // namespace

/// Run by order.
task<result<std::map<std::string, std::string>>> smm_run::cancelled_orders(const std::string& link)
{
    std::map<std::string, std::string> found;
    visit_run visit = [&found](const ledger::run_record& r, const progress& theirs) {
        if (!theirs.order.empty() && theirs.machine_state.ended_as == outcome::open)
            found.emplace(theirs.order, r.id.text());
        return true;
    };
    const wall_point oldest = context_.clock().wall_now() - order_lifetime;
    std::vector<run_state> cancelled(1, run_state::cancelled);
    auto looking = visit_runs(link, std::move(cancelled), oldest, std::move(visit));
    auto looked = co_await std::move(looking);
    if (!looked)
        co_return looked.error();
    co_return found;
}

/// Why not: the panel still works on an order for this link that nobody follows any more.
task<result<std::optional<std::string>>> smm_run::abandoned_order(const std::string& link)
{
    auto looking = cancelled_orders(link);
    auto orders = co_await std::move(looking);
    if (!orders)
        co_return orders.error();
    if (orders->empty())
        co_return std::optional<std::string>();
    std::vector<std::string> ids;
    for (const auto& [order, run] : *orders)
        ids.push_back(order);
    auto asking = account_->panel->status(std::move(ids), context_.clock().now() + account_->read_timeout);
    auto seen = co_await std::move(asking);
    if (!seen)
        co_return std::optional<std::string>("the panel does not say whether order " + orders->begin()->first +
                                             " for this link is over: " + seen.error().message);
    for (const auto& [order, run] : *orders)
        if (!is_over(*seen, order))
            co_return std::optional<std::string>("the panel still works on order " + order +
                                                 " for this link, which the cancelled run " + run + " left behind");
    co_return std::optional<std::string>();
}

} // namespace ulak::kinds::smm
