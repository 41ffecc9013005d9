#include "kinds/otp_acquire/order_search.hpp"

#include "kinds/otp_acquire/order_fit.hpp"
#include "kinds/purchase/effect_identity.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <utility>

namespace ulak::kinds::otp {
namespace {

using ledger::effect_state;
using providers::listed_number;

/// Between two checks whether our other orders are answered.
constexpr std::chrono::seconds open_order_poll_interval(1);
/// Five thousand orders; a quiet account's list ends on the first page.
constexpr int max_list_pages = 100;

/// Our purchases that the evidence depends on: those that own an order of the list, that are open, or that may have
/// brought about an order like the lost one.
ledger::effect_query related_purchases(const std::vector<listed_number>& listed, const ledger::effect_record& lost)
{
    ledger::effect_query q;
    q.account = lost.account;
    q.identity = lost.identity;
    q.operation = lost.operation;
    q.since = similar_since(lost);
    for (const listed_number& n : listed)
        q.refs.push_back(n.order.id);
    return q;
}

/// Appends the orders that are not there yet. False: there were none.
bool add_new(std::vector<listed_number>& all, std::vector<listed_number> page)
{
    std::set<std::string> known;
    for (const listed_number& n : all)
        known.insert(n.order.id);
    const auto before = all.size();
    for (listed_number& n : page)
        if (known.insert(n.order.id).second)
            all.push_back(std::move(n));
    return all.size() > before;
}

} // namespace

task<list_evidence> order_search::search(const providers::account& account, lost_order wanted)
{
    auto listed = co_await read_list(account, wanted);
    if (!listed) {
        co_await failures_.report_failure(account, "number.list", listed.error());
        co_return list_evidence("the provider's list cannot be read: " + listed.error().message);
    }
    const wall_point read_at = context_.clock().wall_now();
    co_await wait_for_open_orders(account, read_at);
    const ledger::effect_query related = related_purchases(*listed, wanted.effect);
    wanted.abandoned = co_await abandoned_purchases(related, wanted, account, read_at);
    // Read again after that: a purchase that was reconciled meanwhile counts as abandoned, and owns its order now.
    auto ours = co_await context_.store().effects(related);
    if (!ours)
        co_return list_evidence("the store cannot be read: " + ours.error().message);
    co_return find_order(*listed, wanted, *ours, account.shared, read_at);
}

/// The list as far back as before the purchase, which at a busy account is more than one page a minute later. Orders
/// that are placed meanwhile move the rest down, so a page may repeat an order, but never leaves one out.
task<result<std::vector<listed_number>>> order_search::read_list(const providers::account& account,
                                                                 const lost_order& wanted)
{
    std::vector<listed_number> all;
    for (int page = 1; page <= max_list_pages; ++page) {
        auto more = co_await account.numbers->recent_orders(page, context_.clock().now() + list_timeout(account));
        if (!more)
            co_return more.error();
        const bool grew = add_new(all, std::move(*more));
        if (!grew || !wanted.listed_before || is_complete(all, wanted) || context_.stopping())
            break;
    }
    co_return all;
}

task<> order_search::wait_for_open_orders(const providers::account& account, wall_point read_at)
{
    const async::steady_point longest = context_.clock().now() + account.order_timeout;
    while (context_.clock().now() < longest && !context_.stopping() && !context_.cancel_requested()) {
        ledger::effect_query q = effects_of(account);
        q.states = {effect_state::dispatched};
        auto open = co_await context_.store().effects(std::move(q));
        const auto in_the_list = [&](const ledger::effect_record& e) { return sent_at(e) <= read_at; };
        if (!open || std::ranges::none_of(*open, in_the_list))
            co_return;
        co_await sleep_for(context_, open_order_poll_interval);
    }
}

/// Of the purchases that are similar to the lost one, those that nobody reconciles any more. A store that cannot be
/// read shows at the caller's next question.
task<std::set<std::string>> order_search::abandoned_purchases(ledger::effect_query related, const lost_order& wanted,
                                                              const providers::account& account, wall_point read_at)
{
    std::set<std::string> all;
    auto ours = co_await context_.store().effects(std::move(related));
    if (!ours)
        co_return all;
    for (const ledger::effect_record& e : *ours) {
        if (!is_similar(e, wanted.effect, read_at))
            continue;
        const bool abandoned = co_await is_abandoned(account, e);
        if (abandoned)
            all.insert(e.id.text());
    }
    co_return all;
}

/// Its run has ended, or has left it to an operator.
task<bool> order_search::is_abandoned(const providers::account& account, const ledger::effect_record& e)
{
    if (e.run == context_.run().id)
        co_return false;
    if (account.reconciled->contains(e.id.text()))
        co_return true;
    auto run = co_await context_.store().run(e.run);
    co_return !run || ledger::is_final(run->state);
}

} // namespace ulak::kinds::otp
