#include "kinds/sms_send/interrupted_calls.hpp"

#include "core/failpoint.hpp"

#include <utility>

namespace ulak::kinds::sms {

using ledger::effect_state;
using ledger::item_state;

ledger::batch moves_after_restart(const run_id& run, const std::vector<ledger::effect_record>& effects)
{
    ledger::batch changes;
    for (const ledger::effect_record& e : effects) {
        const bool not_sent = e.state == effect_state::not_sent || e.state == effect_state::not_executed ||
                              e.state == effect_state::rate_limited;
        if (!not_sent && e.state != effect_state::ambiguous)
            continue;
        ledger::move_items move;
        move.run = run;
        move.by_effect = e.id;
        move.from = item_state::submitting;
        move.to = not_sent ? item_state::pending : item_state::ambiguous;
        changes.push_back(std::move(move));
    }
    return changes;
}

task<result<std::vector<ledger::effect_record>>> restore_items(run_context& c, stored_progress& progress)
{
    ledger::effect_query q;
    q.run = c.run().id.text();
    auto effects = co_await c.store().effects(std::move(q));
    ULAK_FAILPOINT("sms/look-back");
    if (!effects)
        co_return effects.error();
    // The first save has the counts from before the moves, the second those after them.
    auto counted = co_await progress.reload_counts();
    if (!counted)
        co_return counted.error();
    auto saved = co_await progress.save(moves_after_restart(c.run().id, *effects));
    if (!saved)
        co_return saved.error();
    counted = co_await progress.reload_counts();
    if (!counted)
        co_return counted.error();
    saved = co_await progress.save();
    if (!saved)
        co_return saved.error();
    co_return effects;
}

} // namespace ulak::kinds::sms
