#include "engine/detail/held_cancel.hpp"

#include "core/failpoint.hpp"
#include "engine/detail/run_changes.hpp"
#include "kinds/json_fields.hpp"
#include "kinds/purchase/record.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ulak::engine {

using ledger::effect_state;
using ledger::item_state;

namespace {

constexpr std::size_t block_size = 500; ///< recipients that are skipped in one commit

bool is_open_at_provider(const ledger::effect_record& e)
{
    return e.state != effect_state::accepted || e.operation != kinds::sms_operation;
}

task<result<bool>> has_open(shared_state& shared, const run_id& run)
{
    ledger::effect_query q;
    q.run = run.text();
    q.states = {effect_state::intent, effect_state::dispatched, effect_state::accepted, effect_state::ambiguous,
                effect_state::orphaned};
    auto effects = co_await shared.store().effects(std::move(q));
    if (!effects)
        co_return effects.error();
    co_return std::ranges::any_of(*effects, is_open_at_provider);
}

task<result<void>> skip_pending(shared_state& shared, const run_id& run)
{
    while (true) {
        ledger::item_query q;
        q.run = run;
        q.states = {item_state::pending};
        q.limit = block_size;
        auto block = co_await shared.store().items(std::move(q));
        if (!block)
            co_return block.error();
        if (block->empty())
            co_return result<void>();
        ledger::move_items move;
        move.run = run;
        move.from = item_state::pending;
        move.to = item_state::skipped;
        move.reason = "cancelled";
        for (const auto& i : *block)
            move.positions.push_back(i.position);
        ledger::batch all;
        all.push_back(std::move(move));
        auto done = co_await shared.deps.recorder.commit(std::move(all));
        if (!done)
            co_return done.error();
    }
}

} // namespace

task<result<bool>> end_held(shared_state& shared, held_runs& held, run_id id)
{
    // What a person resolves meanwhile, or an adoption, would end it or let it go on as well.
    auto lock = co_await shared.attention_lock.acquire();
    if (!lock)
        co_return lock.error();
    if (!held.waits(id)) // it went on, or ended, while the lock was waited for
        co_return false;
    auto loaded = co_await held.load();
    if (!loaded)
        co_return loaded.error();
    auto open = co_await has_open(shared, id);
    if (!open)
        co_return open.error();
    if (*open)
        co_return false;
    auto skipped = co_await skip_pending(shared, id);
    if (!skipped)
        co_return skipped.error();
    auto run = co_await shared.store().run(id);
    if (!run)
        co_return run.error();
    if (ledger::is_final(run->state))
        co_return false;
    auto counts = co_await shared.store().count_items(id);
    if (!counts)
        co_return counts.error();

    const auto context = stored_run_context(shared, *run);
    auto end = changes_at_end(context, kinds::ending(ledger::run_state::cancelled), "", shared.wall());
    if (!run->counts.empty())
        end.state.counts = boost::json::serialize(kinds::counts_json(*counts));
    ledger::batch all = held.closing(id, "the run was cancelled");
    all.push_back(std::move(end.state));
    std::ranges::move(end.reports, std::back_inserter(all));
    ULAK_FAILPOINT("cancel/held");
    auto done = co_await shared.deps.recorder.commit(std::move(all));
    ULAK_FAILPOINT("cancel/held-ended");
    if (!done)
        co_return done.error();
    held.forget(id);
    shared.run_ended();
    co_return true;
}

} // namespace ulak::engine
