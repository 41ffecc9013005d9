// A run that is taken up again: recipients whose call was interrupted follow their effect.
#include "kinds/sms_send/sms_run.hpp"

#include "core/failpoint.hpp"

namespace ulak::kinds::sms {

using ledger::effect_state;
using ledger::item_state;

task<std::optional<ending>> sms_run::restore()
{
    ledger::effect_query q;
    q.run = context_.run().id.text();
    auto reading = context_.store().effects(std::move(q));
    auto effects = co_await std::move(reading);
    ULAK_FAILPOINT("sms/look-back");
    if (!effects)
        co_return co_await stopped_or_failed(effects.error());
    ledger::batch changes;
    for (const ledger::effect_record& e : *effects) {
        const bool harmless = e.state == effect_state::not_sent || e.state == effect_state::not_executed ||
                              e.state == effect_state::rate_limited;
        if (!harmless && e.state != effect_state::ambiguous)
            continue;
        ledger::move_items move;
        move.run = context_.run().id;
        move.by_effect = e.id;
        move.from = item_state::submitting;
        move.to = harmless ? item_state::pending : item_state::ambiguous;
        changes.push_back(std::move(move));
    }
    auto counting = co_await reload_counts();
    if (!counting)
        co_return co_await stopped_or_failed(counting.error());
    auto kept = co_await save(std::move(changes));
    if (!kept)
        co_return co_await stopped_or_failed(kept.error());
    counting = co_await reload_counts();
    if (!counting)
        co_return co_await stopped_or_failed(counting.error());
    kept = co_await save();
    if (!kept)
        co_return co_await stopped_or_failed(kept.error());
    for (const ledger::effect_record& e : *effects) {
        const bool latest = e.step == "chunk/" + std::to_string(progress_.last_chunk);
        if (!latest) // looked into before its successor was sent
            account_->reconciled.insert(e.id.text());
        if (!latest || e.state != effect_state::ambiguous)
            continue;
        auto settling = reconcile(e.id);
        auto over = co_await std::move(settling);
        if (over)
            co_return over;
    }
    if (progress_.stop_reason)
        co_return co_await stop_sending(*progress_.stop_reason, item_state::skipped, "stopped");
    co_return std::nullopt;
}

} // namespace ulak::kinds::sms
