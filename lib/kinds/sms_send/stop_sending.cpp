#include "kinds/sms_send/stop_sending.hpp"

#include "kinds/sms_send/recipient_source.hpp"

namespace ulak::kinds::sms {

using ledger::item_state;

namespace {

ledger::item_query pending_block(const run_id& run)
{
    ledger::item_query q;
    q.run = run;
    q.states = {item_state::pending};
    q.limit = block_size;
    return q;
}

} // namespace

task<stage_result> stop_sending(run_context& c, stored_progress& progress, error why, item_state to, std::string reason)
{
    progress->stop_reason = std::move(why);
    while (true) {
        auto page = co_await c.store().items(pending_block(c.run().id));
        if (!page)
            co_return stage_result::fail(c, page.error());
        if (page->empty())
            co_return stage_result::end_early();
        ledger::move_items move;
        move.run = c.run().id;
        move.from = item_state::pending;
        move.to = to;
        move.reason = reason;
        for (const ledger::item_record& i : *page) {
            move.positions.push_back(i.position);
            progress.subtract_segments(to == item_state::skipped ? i.segments : 0);
        }
        progress.move_count(item_state::pending, to, static_cast<std::int64_t>(page->size()));
        ledger::batch changes;
        changes.push_back(std::move(move));
        auto saved = co_await progress.save(std::move(changes));
        if (!saved)
            co_return stage_result::interrupt();
    }
}

task<stage_result> stop_cancelled(run_context& c, stored_progress& progress)
{
    return stop_sending(c, progress, error(errc::cancelled, "cancelled"), item_state::skipped, "cancelled");
}

} // namespace ulak::kinds::sms
