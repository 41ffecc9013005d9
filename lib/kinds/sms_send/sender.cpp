#include "kinds/sms_send/sender.hpp"

#include "core/failpoint.hpp"
#include "kinds/sms_send/call_items.hpp"
#include "kinds/sms_send/gate_refusal.hpp"
#include "kinds/sms_send/send_order.hpp"
#include "kinds/sms_send/stop_sending.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;
using providers::classification;

namespace {

/// How often it is asked what became of a call to the same people. It ends, see `longest_call`.
constexpr std::chrono::seconds under_way_poll(2);

using reasons = std::map<std::string, std::string, std::less<>>;

reasons reasons_by_phone(const std::vector<ledger::forbidden_recipient>& forbidden, bool under_way)
{
    reasons all;
    for (const ledger::forbidden_recipient& f : forbidden)
        if (f.under_way == under_way)
            all.emplace(f.phone, f.reason);
    return all;
}

std::size_t take_out(std::vector<ledger::item_record>& chunk, const reasons& of)
{
    return std::erase_if(chunk, [&](const ledger::item_record& i) { return of.contains(i.phone); });
}

/// Each reason is a move of its own.
ledger::batch skip_changes(const run_id& run, const std::vector<ledger::item_record>& chunk, const reasons& left_out)
{
    std::map<std::string, ledger::move_items> moves;
    for (const ledger::item_record& i : chunk) {
        const auto found = left_out.find(i.phone);
        if (found == left_out.end())
            continue;
        ledger::move_items& move = moves[found->second];
        move.run = run;
        move.from = item_state::pending;
        move.to = item_state::skipped;
        move.reason = found->second;
        move.positions.push_back(i.position);
    }
    ledger::batch changes;
    for (auto& [reason, move] : moves)
        changes.push_back(std::move(move));
    return changes;
}

} // namespace

sender::sender(run_context& c, const settings& s, const providers::account& account, sender_dependencies uses)
    : context_(c),
      settings_(s),
      limits_(limits_of(s.message, account)),
      progress_(uses.progress),
      pacer_(uses.pacer),
      purchases_(uses.purchases),
      reconciler_(uses.ambiguous_calls),
      chunks_(c, s.chunk, account.sms && account.sms->max_texts() > 1),
      calls_(c, purchases_, static_cast<std::size_t>(std::max(1, account.purchases)))
{}

result<send_call> sender::call_for(const items& chunk) const
{
    auto order = order_of_chunk(settings_, chunk, progress_->common_text, limits_);
    if (!order)
        return order.error();
    send_call call;
    call.step = "chunk/" + std::to_string(progress_->last_chunk);
    call.order = std::move(*order);
    call.rules = rules_of(settings_, context_.run(), numbers_of(chunk));
    for (const ledger::item_record& i : chunk) {
        call.segments += i.segments;
        call.positions.push_back(i.position);
    }
    return call;
}

task<stage_result> sender::send_all()
{
    auto end = co_await send_pending();
    co_return co_await come_to_rest(std::move(end));
}

/// The calls that are still under way come to their outcomes; what is pending after that is skipped like the rest.
task<stage_result> sender::come_to_rest(stage_result end)
{
    const bool beside = !calls_.empty();
    while (!calls_.empty()) {
        auto settled = co_await calls_.next();
        if (settled && settled->classified_as == classification::ambiguous && !context_.stopping())
            co_await reconciler_.reconcile(settled->id);
    }
    co_await calls_.join();
    if (!end.ends_early() || !beside)
        co_return end;
    const error why = *progress_->stop_reason;
    co_return co_await stop_sending(context_, progress_, why, item_state::skipped, std::string(name(why.code)));
}

task<stage_result> sender::send_pending()
{
    while (true) {
        if (context_.stopping())
            co_return stage_result::interrupt();
        if (context_.cancel_requested())
            co_return co_await stop_cancelled(context_, progress_);
        // What came of the calls under way, before there is one more.
        if (calls_.full()) {
            auto taken = co_await take_outcome();
            if (!taken.goes_on())
                co_return taken;
            continue;
        }
        // The next chunk, once it may go, without those who may not be messaged by now.
        auto chunk = co_await chunks_.next();
        if (!chunk)
            co_return stage_result::fail(context_, chunk.error());
        const bool pending = !chunk->empty();
        std::erase_if(*chunk, [this](const ledger::item_record& i) { return calls_.holds(i); });
        if (chunk->empty() && calls_.empty() && !pending)
            co_return stage_result::go_on();
        if (chunk->empty()) { // they are all in calls under way, of which some may come back
            auto taken = co_await take_outcome();
            if (!taken.goes_on())
                co_return taken;
            continue;
        }
        auto turn = co_await pacer_.wait_for_turn(*chunk);
        ULAK_FAILPOINT("sms/turn");
        if (!turn.goes_on())
            co_return turn;
        auto dropped = co_await drop_forbidden(*chunk);
        if (!dropped)
            co_return stage_result::fail(context_, dropped.error());
        if (chunk->empty())
            continue;
        auto begun = co_await begin_chunk(std::move(*chunk));
        if (!begun.goes_on())
            co_return begun;
    }
}

/// Begins the call, and takes what has come to its outcome by then.
task<stage_result> sender::begin_chunk(items chunk)
{
    ++progress_->last_chunk;
    auto call = call_for(chunk);
    if (!call)
        co_return stage_result::fail(context_, call.error());
    co_await calls_.begin(std::move(*call));
    co_await reset_cancellation();
    while (auto settled = calls_.take()) {
        auto handled = co_await handle(std::move(*settled));
        if (!handled.goes_on())
            co_return handled;
    }
    co_return stage_result::go_on();
}

/// Waits for the next outcome, and what it means for the calls after it.
task<stage_result> sender::take_outcome()
{
    if (calls_.empty())
        co_return stage_result::go_on();
    auto settled = co_await calls_.next();
    co_return co_await handle(std::move(settled));
}

task<stage_result> sender::handle(result<settlement> settled)
{
    ULAK_FAILPOINT("sms/sent");
    if (!settled)
        co_return co_await handle_not_booked(settled.error());
    co_return co_await handle_outcome(std::move(*settled));
}

/// Skips the items of those who opted out or got a message after the list was made, and takes them out of the chunk.
/// Whom another run's call may still reach is taken out, too, and stays pending: it comes with a later page. When
/// nobody else is left, it waits for the other call.
task<result<void>> sender::drop_forbidden(items& chunk)
{
    const auto rules = rules_of(settings_, context_.run(), numbers_of(chunk));
    auto asked = recipient_rules_at(rules, context_.clock().wall_now());
    auto forbidden = co_await context_.store().forbidden_recipients(std::move(asked));
    if (!forbidden)
        co_return forbidden.error();
    if (forbidden->empty())
        co_return result<void>();
    auto skipped = co_await skip(chunk, *forbidden);
    if (!skipped)
        co_return skipped.error();
    const auto waiting = take_out(chunk, reasons_by_phone(*forbidden, true));
    if (chunk.empty() && waiting > 0)
        co_await sleep_for(context_, under_way_poll);
    co_return result<void>();
}

task<result<void>> sender::skip(items& chunk, const std::vector<ledger::forbidden_recipient>& forbidden)
{
    const auto left_out = reasons_by_phone(forbidden, false);
    if (left_out.empty())
        co_return result<void>();
    ledger::batch changes = skip_changes(context_.run().id, chunk, left_out);
    for (const ledger::item_record& i : chunk)
        progress_.subtract_segments(left_out.contains(i.phone) ? i.segments : 0);
    const auto gone = take_out(chunk, left_out);
    progress_.move_count(item_state::pending, item_state::skipped, static_cast<std::int64_t>(gone));
    co_return co_await progress_.save(std::move(changes));
}

/// The call was not made, and its items are pending still.
task<stage_result> sender::handle_not_booked(error why)
{
    chunks_.restart();
    if (why.code == errc::cancelled || why.code == errc::denied_now)
        co_return stage_result::go_on(); // the loop looks at the flags, at the window and at the opt-out list
    if (why.code == errc::unavailable)
        co_return co_await try_again_later(std::move(why));
    co_return co_await stop_sending(context_, progress_, why, item_state::skipped, std::string(name(why.code)));
}

task<stage_result> sender::handle_outcome(settlement settled)
{
    switch (settled.classified_as) {
    case classification::accepted: failures_.accepted(); co_return stage_result::go_on();
    case classification::rejected: co_return co_await follow(failures_.after_rejection(settled.failure));
    case classification::ambiguous: break;
    default:
        if (settled.refused_by_gate && settled.failure)
            co_return co_await after_gate(*settled.failure);
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

/// The gate was against it at the last moment, and the items are pending again. It says nothing about the provider: the
/// loop looks at the flags and the window, and builds the chunk without those who may not be messaged.
task<stage_result> sender::after_gate(error why)
{
    chunks_.restart();
    const bool held = why.code == errc::paused && context_.pause_requested(); // the pacer waits
    if (!held)
        co_await wait_after_gate(context_, why);
    co_return stage_result::go_on();
}

/// Nothing was sent and the items are pending again: waits, or gives up.
task<stage_result> sender::try_again_later(error why)
{
    chunks_.restart();
    if (context_.stopping() || context_.cancel_requested())
        co_return stage_result::go_on();
    if (calls_.last_taken() <= incident_) // it was beside the one that has been waited for
        co_return stage_result::go_on();
    incident_ = calls_.begun();
    co_return co_await follow(failures_.after_not_sent(why));
}

task<stage_result> sender::follow(next_step next)
{
    if (next.stop_reason)
        co_return co_await stop_sending(context_, progress_, *next.stop_reason, item_state::skipped, next.item_reason);
    if (next.pause)
        co_await sleep_for(context_, *next.pause);
    co_return stage_result::go_on();
}

} // namespace ulak::kinds::sms
