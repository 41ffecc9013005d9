// Not beside another order for the same link.
#include "kinds/smm_order/smm_run.hpp"
#include "kinds/waiting.hpp"

namespace ulak::kinds::smm {

using ledger::run_state;

constexpr std::chrono::seconds link_poll(30);

/// An order for this link of which a person has yet to say what became of it: it may be there, and it may be working.
task<result<std::optional<std::string>>> smm_run::link_in_attention(const std::string& link)
{
    auto reading = context_.store().attention(true);
    auto open = co_await std::move(reading);
    if (!open)
        co_return open.error();
    for (const ledger::attention_record& a : *open) {
        if (a.account != account_->name || a.run == context_.run().id || a.run.empty())
            continue;
        auto asking = context_.store().run(a.run);
        auto theirs = co_await std::move(asking);
        if (!theirs && theirs.error().code != errc::not_found)
            co_return theirs.error();
        if (!theirs || theirs->kind != context_.run().kind)
            continue;
        const auto p = progress_from(theirs->progress);
        if (p && p->link == link)
            co_return std::optional<std::string>("an order of run " + a.run.text() +
                                                 " for this link is in attention: resolve " + a.id + " first");
    }
    co_return std::optional<std::string>();
}

/// A run of any job that has not ended and wants (if it is the earlier one) or follows an order for this link.
task<result<std::optional<std::string>>> smm_run::conflicting_run(const std::string& link)
{
    std::optional<std::string> why;
    visit_run visit = [this, &why](const ledger::run_record& r, const progress& theirs) {
        // Of those that have bought nothing the earlier one goes first, so two cannot wait for each other.
        if (theirs.booked || !theirs.order.empty() || r.id < context_.run().id)
            why = "run " + r.id.text() + " follows an order for this link";
        return !why.has_value();
    };
    std::vector<run_state> open{run_state::queued, run_state::running, run_state::paused};
    auto looking = visit_runs(link, std::move(open), wall_point::min(), std::move(visit));
    auto looked = co_await std::move(looking);
    if (!looked)
        co_return looked.error();
    co_return why;
}

/// Why not: another run is in the way; one's order is still in `attention`; or one was cancelled while the panel goes
/// on with its order.
task<result<std::optional<std::string>>> smm_run::link_conflict(const std::string& link)
{
    auto looking = conflicting_run(link);
    auto other = co_await std::move(looking);
    if (!other || *other)
        co_return other;
    auto doubting = link_in_attention(link);
    auto doubt = co_await std::move(doubting);
    if (!doubt || *doubt)
        co_return doubt;
    co_return co_await abandoned_order(link);
}

task<std::optional<ending>> smm_run::wait_for_link(const std::string& link)
{
    while (settings_.on_same_link != same_link::allow) {
        if (context_.stopping())
            co_return ending::stopped();
        if (context_.cancel_requested())
            co_return ending(run_state::cancelled);
        auto looking = link_conflict(link);
        auto other = co_await std::move(looking);
        if (!other)
            co_return ending(run_state::failed, other.error());
        if (!*other)
            break;
        if (settings_.on_same_link == same_link::refuse)
            co_return ending(run_state::failed, error(errc::conflict, **other));
        co_await sleep_for(context_, link_poll);
    }
    co_return std::nullopt;
}

} // namespace ulak::kinds::smm
