#include "kinds/purchase/reconcile_wait.hpp"

#include "kinds/purchase/balance_evidence.hpp"
#include "kinds/purchase/effect_identity.hpp"
#include "kinds/waiting.hpp"

namespace ulak::kinds {
namespace {

using ledger::effect_state;
using namespace std::chrono_literals;

/// Between two checks whether another run has reconciled its purchase, and how long that can take at most.
constexpr std::chrono::milliseconds reconcile_poll = 1s;
constexpr std::chrono::seconds longest_reconcile_wait = evidence_schedule.back() + 120s;

/// Ambiguous purchases of other runs on this account that their runs are going to reconcile.
task<std::vector<std::string>> unreconciled_elsewhere(run_context& c, const providers::account& account)
{
    std::vector<std::string> open;
    ledger::effect_query q = effects_of(account);
    q.states = {effect_state::ambiguous};
    auto all = co_await c.store().effects(std::move(q));
    if (!all)
        co_return open;
    for (const ledger::effect_record& e : *all) {
        if (e.run == c.run().id || !was_made_at(e, account) || account.reconciled->contains(e.id.text()))
            continue;
        auto run = co_await c.store().run(e.run);
        if (run && !ledger::is_final(run->state))
            open.push_back(e.id.text());
    }
    co_return open;
}

} // namespace

task<> wait_for_reconciliation(run_context& c, providers::account& account)
{
    if (account.shared || !account.balances)
        co_return;
    const async::steady_point longest = c.clock().now() + longest_reconcile_wait;
    while (true) {
        const auto open = co_await unreconciled_elsewhere(c, account);
        if (open.empty() || c.stopping() || c.cancel_requested())
            co_return;
        if (c.clock().now() >= longest) { // no run reconciles them any more
            account.reconciled->insert(open.begin(), open.end());
            co_return;
        }
        co_await sleep_for(c, reconcile_poll);
    }
}

} // namespace ulak::kinds
