#include "kinds/smm_order/link_guard.hpp"

#include "http/normal_link.hpp"
#include "kinds/smm_order/abandoned_orders.hpp"
#include "kinds/smm_order/linked_runs.hpp"
#include "kinds/waiting.hpp"

#include <vector>

namespace ulak::kinds::smm {

using ledger::run_state;

namespace {

constexpr std::chrono::seconds link_poll(30);

/// The panel ended the order: what is still open is about its money.
bool is_over(const progress& p)
{
    return p.machine_state.ended_as != outcome::open && p.machine_state.ended_as != outcome::gave_up;
}

} // namespace

/// An order for this link that an operator has yet to resolve: it may exist, and the panel may work on it.
task<result<std::optional<std::string>>> link_guard::link_in_attention(const std::string& link)
{
    run_context& c = run_.context;
    auto open = co_await c.store().attention(true);
    if (!open)
        co_return open.error();
    for (const ledger::attention_record& a : *open) {
        if (a.run == c.run().id || a.run.empty())
            continue;
        auto theirs = co_await c.store().run(a.run);
        if (!theirs && theirs.error().code != errc::not_found)
            co_return theirs.error();
        if (!theirs || theirs->kind != c.run().kind)
            continue;
        const auto p = progress_from(theirs->progress);
        if (!p || http::normal_link(p->link) != http::normal_link(link) || is_over(*p))
            continue;
        auto shared = co_await shares_wallet(run_, a.run, a.account);
        if (!shared)
            co_return shared.error();
        if (*shared)
            co_return std::optional<std::string>("an order of run " + a.run.text() +
                                                 " for this link is in attention: resolve " + a.id + " first");
    }
    co_return std::optional<std::string>();
}

/// A run of any job that has not ended and follows an order for this link, or wants one and is the earlier one.
task<result<std::optional<std::string>>> link_guard::conflicting_run(const std::string& link)
{
    std::optional<std::string> why;
    visit_run visit = [this, &why](const ledger::run_record& r, const progress& theirs) {
        // Of runs that have booked nothing the earlier one goes first, so two cannot wait for each other.
        if (theirs.booked || !theirs.order.empty() || r.id < run_.context.run().id)
            why = "run " + r.id.text() + " follows an order for this link";
        return !why.has_value();
    };
    std::vector<run_state> open{run_state::queued, run_state::running, run_state::paused};
    auto visited = co_await visit_linked_runs(run_, link, std::move(open), wall_point::min(), std::move(visit));
    if (!visited)
        co_return visited.error();
    co_return why;
}

task<result<std::optional<std::string>>> link_guard::conflict(const std::string& link)
{
    if (run_.settings.on_same_link == same_link::allow)
        co_return std::optional<std::string>();
    auto run = co_await conflicting_run(link);
    if (!run || *run)
        co_return run;
    auto entry = co_await link_in_attention(link);
    if (!entry || *entry)
        co_return entry;
    co_return co_await abandoned_order(run_, link);
}

task<std::optional<ending>> link_guard::wait(const std::string& link)
{
    run_context& c = run_.context;
    while (true) {
        if (c.stopping())
            co_return ending::stopped();
        if (c.cancel_requested())
            co_return ending(run_state::cancelled);
        auto why = co_await conflict(link);
        if (!why)
            co_return ending(run_state::failed, why.error());
        if (!*why)
            co_return std::nullopt;
        if (run_.settings.on_same_link == same_link::refuse)
            co_return ending(run_state::failed, error(errc::conflict, **why));
        co_await sleep_for(c, link_poll);
    }
}

} // namespace ulak::kinds::smm
