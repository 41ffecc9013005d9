// What the provider's own list of orders says of one that nobody answered.
#include "kinds/otp_acquire/job.hpp"
#include "kinds/otp_acquire/order_fit.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>

namespace ulak::kinds::otp {

using ledger::effect_state;

/// Between two looks whether other orders are answered.
constexpr std::chrono::seconds open_order_poll_interval(1);
/// Of the list: five thousand orders, and of a quiet account one page.
constexpr int max_list_pages = 100;

namespace {

/// What the word of a list hangs on: the owners of its orders, what is in doubt or under way, and what may have been
/// lost beside.
ledger::effect_query related_purchases(const std::vector<providers::listed_number>& listed, const ledger::effect_record& lost)
{
    ledger::effect_query q;
    q.account = lost.account;
    q.operation = lost.operation;
    q.since = similar_since(lost);
    for (const providers::listed_number& n : listed)
        q.refs.push_back(n.order.id);
    return q;
}

/// Whether there was something new.
bool add_new(std::vector<providers::listed_number>& all, std::vector<providers::listed_number> more)
{
    std::set<std::string> shown;
    for (const providers::listed_number& n : all)
        shown.insert(n.order.id);
    const auto before = all.size();
    for (providers::listed_number& n : more)
        if (shown.insert(n.order.id).second)
            all.push_back(std::move(n));
    return all.size() > before;
}

} // namespace

/// Until our other orders that were under way at that time are answered: then each owns its own in the list, or is in
/// doubt as well.
task<> otp_run::wait_for_open_orders(const providers::account& who, wall_point read_at)
{
    const async::steady_point longest = context_.clock().now() + who.order_timeout;
    while (context_.clock().now() < longest && !context_.stopping() && !context_.cancel_requested()) {
        ledger::effect_query q;
        q.account = who.name;
        q.states = {effect_state::dispatched};
        auto asking = context_.store().effects(std::move(q));
        auto under_way = co_await std::move(asking);
        if (!under_way || std::ranges::none_of(*under_way, [&](const ledger::effect_record& e) {
                return e.dispatched_at.value_or(e.intended_at) <= read_at;
            }))
            co_return;
        co_await sleep_for(context_, open_order_poll_interval);
    }
}

/// Whether nobody looks into it any more: its run has ended, or has left it to a person.
task<bool> otp_run::is_abandoned(const providers::account& who, const ledger::effect_record& e)
{
    if (e.run == context_.run().id)
        co_return false;
    if (who.reconciled.contains(e.id.text()))
        co_return true;
    auto reading = context_.store().run(e.run);
    auto theirs = co_await std::move(reading);
    co_return !theirs || ledger::is_final(theirs->state);
}

/// Of the purchases that are like the lost one. Those that cannot be read are told by the next question.
task<std::set<std::string>> otp_run::abandoned_purchases(const std::vector<providers::listed_number>& listed,
                                                    const ledger::effect_record& lost, const providers::account& who,
                                                    wall_point read_at)
{
    std::set<std::string> all;
    auto asking = context_.store().effects(related_purchases(listed, lost));
    auto ours = co_await std::move(asking);
    if (!ours)
        co_return all;
    for (const ledger::effect_record& e : *ours) {
        if (!is_similar(e, lost, read_at))
            continue;
        auto weighing = is_abandoned(who, e);
        const bool given_up = co_await std::move(weighing);
        if (given_up)
            all.insert(e.id.text());
    }
    co_return all;
}

/// The list as far back as before the purchase: of a busy account the first page is too short a minute later. What is
/// bought meanwhile moves the rest down, so that a page may show an order again, but never leaves one out.
task<result<std::vector<providers::listed_number>>> otp_run::read_list(const providers::account& who,
                                                                       const lost_order& wanted)
{
    std::vector<providers::listed_number> all;
    for (int page = 1; page <= max_list_pages; ++page) {
        auto reading = who.numbers->recent_orders(page, context_.clock().now() + list_timeout(who));
        auto more = co_await std::move(reading);
        if (!more)
            co_return more.error();
        const bool grew = add_new(all, std::move(*more));
        if (!grew || !wanted.listed_before || is_complete(all, wanted) || context_.stopping())
            break;
    }
    co_return all;
}

task<list_evidence> otp_run::search_list(const providers::account& who, const ledger::effect_record& lost)
{
    lost_order wanted;
    wanted.effect = lost;
    wanted.service = progress_.service;
    wanted.operator_name = progress_.operator_name;
    wanted.price_unknown = progress_.price_unknown;
    wanted.listed_before = progress_.listed_before;
    auto reading = read_list(who, wanted);
    auto listed = co_await std::move(reading);
    if (!listed) {
        auto telling = failures_.report_failure(who, "number.list", listed.error());
        co_await std::move(telling);
        co_return list_evidence("the provider's list cannot be read: " + listed.error().message);
    }
    const wall_point read_at = context_.clock().wall_now();
    auto waiting = wait_for_open_orders(who, read_at);
    co_await std::move(waiting);
    auto weighing = abandoned_purchases(*listed, lost, who, read_at);
    wanted.abandoned = co_await std::move(weighing);
    // After that: one that was settled meanwhile is looked into no more, and owns its order.
    auto asking = context_.store().effects(related_purchases(*listed, lost));
    auto ours = co_await std::move(asking);
    if (!ours)
        co_return list_evidence("the store cannot be read: " + ours.error().message);
    co_return find_order(*listed, wanted, *ours, who.shared, read_at);
}

} // namespace ulak::kinds::otp
