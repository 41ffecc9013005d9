#include "kinds/sms_send/sender.hpp"

#include "core/failpoint.hpp"
#include "kinds/sms_send/call_items.hpp"
#include "kinds/sms_send/send_order.hpp"
#include "kinds/sms_send/stop_sending.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;
using providers::classification;

sender::sender(run_context& c, const settings& s, const text_limits& limits, sender_dependencies uses)
    : context_(c),
      settings_(s),
      limits_(limits),
      progress_(uses.progress),
      suppressions_(uses.suppressions),
      pacer_(uses.pacer),
      purchases_(uses.purchases),
      reconciler_(uses.ambiguous_calls),
      chunks_(c, s.chunk)
{}

send_call sender::call_for(const items& chunk, const measured_text& text) const
{
    send_call call;
    call.step = "chunk/" + std::to_string(progress_->last_chunk);
    call.order = order_of(settings_, text, numbers_of(chunk));
    call.segments = text.segments;
    for (const ledger::item_record& i : chunk)
        call.positions.push_back(i.position);
    return call;
}

task<stage_result> sender::send_all()
{
    while (true) {
        if (context_.stopping())
            co_return stage_result::interrupt();
        if (context_.cancel_requested())
            co_return co_await stop_cancelled(context_, progress_);
        // The next chunk, once it may go, without those who opted out meanwhile.
        auto chunk = co_await chunks_.next();
        if (!chunk)
            co_return stage_result::fail(context_, chunk.error());
        if (chunk->empty())
            co_return stage_result::go_on();
        auto turn = co_await pacer_.wait_for_turn(*chunk);
        ULAK_FAILPOINT("sms/turn");
        if (!turn.goes_on())
            co_return turn;
        auto dropped = co_await drop_suppressed(*chunk);
        if (!dropped)
            co_return stage_result::fail(context_, dropped.error());
        if (chunk->empty())
            continue;
        // One call, and what its outcome means for the next one.
        auto sent = co_await send_chunk(std::move(*chunk));
        if (!sent.goes_on())
            co_return sent;
    }
}

/// Skips the items of those who opted out after the list was made, and takes them out of the chunk.
task<result<void>> sender::drop_suppressed(items& chunk)
{
    auto fresh = co_await suppressions_.refresh();
    if (!fresh)
        co_return fresh.error();
    ledger::move_items move;
    move.run = context_.run().id;
    move.from = item_state::pending;
    move.to = item_state::skipped;
    move.reason = "opt-out";
    for (const ledger::item_record& i : chunk) {
        if (!suppressions_.contains(i.phone))
            continue;
        move.positions.push_back(i.position);
        progress_.subtract_segments(i.segments);
    }
    if (move.positions.empty())
        co_return result<void>();
    progress_.move_count(item_state::pending, item_state::skipped, static_cast<std::int64_t>(move.positions.size()));
    std::erase_if(chunk, [&](const ledger::item_record& i) { return suppressions_.contains(i.phone); });
    ledger::batch changes;
    changes.push_back(std::move(move));
    co_return co_await progress_.save(std::move(changes));
}

task<stage_result> sender::send_chunk(items chunk)
{
    ++progress_->last_chunk;
    const measured_text text = text_of(chunk.front().text, progress_->common_text, limits_);
    if (text.text.empty())
        co_return stage_result::fail(context_, error(errc::contract, "the text of the run is lost"));
    const send_call call = call_for(chunk, text);
    auto settled = co_await purchases_.purchase(call);
    co_await reset_cancellation();
    ULAK_FAILPOINT("sms/sent");
    if (!settled)
        co_return co_await handle_not_booked(settled.error());
    co_return co_await handle_outcome(std::move(*settled));
}

/// The call was not made, and its items are pending still.
task<stage_result> sender::handle_not_booked(error why)
{
    chunks_.restart();
    if (why.code == errc::cancelled || why.code == errc::denied_now)
        co_return stage_result::go_on(); // the loop looks at the flags, at the window and at the opt-out list
    if (why.code == errc::unavailable)
        co_return co_await try_again_later(std::move(why));
    co_return co_await stop_sending(context_, progress_, why, item_state::rejected, std::string(name(why.code)));
}

task<stage_result> sender::handle_outcome(settlement settled)
{
    switch (settled.classified_as) {
    case classification::accepted: failures_.accepted(); co_return stage_result::go_on();
    case classification::rejected: co_return co_await follow(failures_.after_rejection(settled.failure));
    case classification::ambiguous: break;
    default:
        co_return co_await try_again_later(
            settled.failure.value_or(error(errc::transient, "the message was not sent")));
    }
    auto done = co_await reconciler_.reconcile(settled.id);
    if (done.pending_again)
        chunks_.restart();
    if (!done.stage.goes_on())
        co_return done.stage;
    co_return co_await follow(failures_.after_ambiguous());
}

/// Nothing was sent and the items are pending again: waits, or gives up.
task<stage_result> sender::try_again_later(error why)
{
    chunks_.restart();
    if (context_.stopping() || context_.cancel_requested())
        co_return stage_result::go_on();
    co_return co_await follow(failures_.after_not_sent(why));
}

task<stage_result> sender::follow(next_step next)
{
    if (next.stop_reason)
        co_return co_await stop_sending(context_, progress_, *next.stop_reason, item_state::rejected, next.item_reason);
    if (next.pause)
        co_await sleep_for(context_, *next.pause);
    co_return stage_result::go_on();
}

} // namespace ulak::kinds::sms
