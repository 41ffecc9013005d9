#include "kinds/smm_order/abandoned_orders.hpp"

#include "events/event_names.hpp"
#include "kinds/purchase/effect_identity.hpp"
#include "kinds/smm_order/linked_runs.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace ulak::kinds::smm {
namespace {

using ledger::run_state;

/// No panel works longer on an order.
constexpr std::chrono::hours order_lifetime(24 * 30);

using statuses = std::map<std::string, result<providers::panel_status>>;

bool is_forgotten(const statuses& seen, const std::string& order)
{
    const auto status = seen.find(order);
    return status != seen.end() && !status->second && status->second.error().code == errc::not_found;
}

/// An order that the panel does not know, or has ended, excludes nothing. One that it does not mention may.
bool is_over(const statuses& seen, const std::string& order)
{
    const auto status = seen.find(order);
    const bool ended = status != seen.end() && status->second && providers::is_final(status->second->state);
    return ended || is_forgotten(seen, order);
}

task<> tell_forgotten(shared_run& run, std::string order, std::string of_run, std::string words)
{
    if (!run.forgotten.insert(order).second)
        co_return;
    boost::json::object data;
    data["order"] = order;
    data["of_run"] = of_run;
    std::string text = "order " + order + ", which the cancelled run " + of_run +
                       " left behind, is forgotten by the panel (" + words + "): its link is free";
    ledger::batch all;
    all.push_back(run.context.event(*run.account, events::orders_forgotten, events::level::warning, std::move(text),
                                    std::move(data)));
    // Where the disk refuses, the next look tells it.
    auto told = co_await run.context.recorder().commit(std::move(all));
    if (!told)
        run.forgotten.erase(order);
}

/// Whether this account's panel can be asked about the order: at another site, order 173 is another order.
task<result<bool>> is_known_to_panel(const shared_run& run, std::string order, std::string of_run)
{
    ledger::effect_query q;
    q.run = std::move(of_run);
    auto effects = co_await run.context.store().effects(std::move(q));
    if (!effects)
        co_return effects.error();
    co_return std::ranges::none_of(*effects, [&](const ledger::effect_record& e) {
        return e.provider_ref == order && !was_made_at(e, *run.account);
    });
}

/// The runs by their orders.
task<result<std::map<std::string, std::string>>> cancelled_orders(const shared_run& run, const std::string& link)
{
    std::map<std::string, std::string> found;
    visit_run visit = [&found](const ledger::run_record& r, const progress& theirs) {
        if (!theirs.order.empty() && theirs.machine_state.ended_as == outcome::open)
            found.emplace(theirs.order, r.id.text());
        return true;
    };
    const wall_point oldest = run.context.clock().wall_now() - order_lifetime;
    std::vector<run_state> cancelled(1, run_state::cancelled);
    auto visited = co_await visit_linked_runs(run, link, std::move(cancelled), oldest, std::move(visit));
    if (!visited)
        co_return visited.error();
    std::map<std::string, std::string> known;
    for (const auto& [order, of_run] : found) {
        auto here = co_await is_known_to_panel(run, order, of_run);
        if (!here)
            co_return here.error();
        if (*here)
            known.emplace(order, of_run);
    }
    co_return known;
}

} // namespace

task<result<std::optional<std::string>>> abandoned_order(shared_run& run, const std::string& link)
{
    auto orders = co_await cancelled_orders(run, link);
    if (!orders)
        co_return orders.error();
    if (orders->empty())
        co_return std::optional<std::string>();
    std::vector<std::string> ids;
    for (const auto& [order, of_run] : *orders)
        ids.push_back(order);
    auto seen =
        co_await run.account->panel->status(std::move(ids), run.context.clock().now() + run.account->read_timeout);
    if (!seen)
        co_return std::optional<std::string>("the panel does not say whether order " + orders->begin()->first +
                                             " for this link is over: " + seen.error().message);
    for (const auto& [order, of_run] : *orders)
        if (is_forgotten(*seen, order))
            co_await tell_forgotten(run, order, of_run, seen->at(order).error().message);
    for (const auto& [order, of_run] : *orders)
        if (!is_over(*seen, order))
            co_return std::optional<std::string>("the panel still works on order " + order +
                                                 " for this link, which the cancelled run " + of_run + " left behind");
    co_return std::optional<std::string>();
}

} // namespace ulak::kinds::smm
