// Orders whose runs were cancelled: no panel documents a cancel, so it goes on with them, and only it knows for how
// long.
#include "kinds/smm_order/job.hpp"

namespace ulak::kinds::smm {

using ledger::run_state;

namespace {

/// No panel works longer on an order.
constexpr std::chrono::hours orders_live(24 * 30);
constexpr std::size_t runs_at_once = 200;

/// What the panel does not know, or has ended, is not in the way. What it does not tell may be.
bool is_over(const std::map<std::string, result<providers::panel_status>>& seen, const std::string& order)
{
    const auto one = seen.find(order);
    if (one == seen.end())
        return false;
    if (!one->second)
        return one->second.error().code == errc::not_found;
    return providers::is_final(one->second->what);
}

} // namespace

/// Run by order.
task<result<std::map<std::string, std::string>>> session::cancelled_orders(const std::string& link)
{
    std::map<std::string, std::string> found;
    const wall_point oldest = c_.time().wall_now() - orders_live;
    ledger::run_query q;
    q.states = {run_state::cancelled};
    q.limit = runs_at_once;
    while (true) {
        auto copy = q;
        auto reading = c_.store().runs(std::move(copy));
        auto page = co_await std::move(reading);
        if (!page)
            co_return page.error();
        for (const ledger::run_record& r : *page) {
            if (r.kind != c_.run().kind)
                continue;
            const auto theirs = progress_from(r.progress);
            const bool open = theirs && !theirs->order.empty() && theirs->machine.end == fate::open;
            if (open && theirs->link == link && theirs->account == who_->name)
                found.emplace(theirs->order, r.id.text());
        }
        if (page->size() < q.limit || page->back().created_at < oldest)
            co_return found;
        q.before = page->back().id.text();
    }
}

/// Why not: the panel still works on an order for this link that nobody follows any more.
task<result<std::optional<std::string>>> session::left_behind(const std::string& link)
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
    auto asking = who_->orders->status(std::move(ids), c_.time().now() + who_->read_timeout);
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
