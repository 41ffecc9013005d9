#include "kinds/sms_send/sender.hpp"

#include "core/failpoint.hpp"
#include "kinds/sms_send/call_items.hpp"
#include "kinds/sms_send/send_order.hpp"
#include "kinds/sms_send/stop_sending.hpp"
#include "kinds/waiting.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;
using providers::classification;

namespace {

/// How often a run is tried again that the store has as paused.
constexpr std::chrono::seconds pause_poll(10);

using reasons = std::map<std::string, std::string, std::less<>>;

reasons reasons_by_phone(const std::vector<ledger::forbidden_recipient>& forbidden)
{
    reasons all;
    for (const ledger::forbidden_recipient& f : forbidden)
        all.emplace(f.phone, f.reason);
    return all;
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

sender::sender(run_context& c, const settings& s, const text_limits& limits, sender_dependencies uses)
    : context_(c),
      settings_(s),
      limits_(limits),
      account_(uses.account),
      progress_(uses.progress),
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
    call.rules = rules_of(settings_, call.order.numbers);
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
        // The next chunk, once it may go, without those who may not be messaged by now.
        auto chunk = co_await chunks_.next();
        if (!chunk)
            co_return stage_result::fail(context_, chunk.error());
        if (chunk->empty())
            co_return stage_result::go_on();
        auto turn = co_await pacer_.wait_for_turn(*chunk);
        ULAK_FAILPOINT("sms/turn");
        if (!turn.goes_on())
            co_return turn;
        auto dropped = co_await drop_forbidden(*chunk);
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

/// Skips the items of those who opted out or got a message after the list was made, and takes them out of the chunk.
task<result<void>> sender::drop_forbidden(items& chunk)
{
    const auto rules = rules_of(settings_, numbers_of(chunk));
    auto asked = recipient_rules_at(rules, context_.clock().wall_now());
    auto forbidden = co_await context_.store().forbidden_recipients(std::move(asked));
    if (!forbidden)
        co_return forbidden.error();
    if (forbidden->empty())
        co_return result<void>();
    const auto left_out = reasons_by_phone(*forbidden);
    ledger::batch changes = skip_changes(context_.run().id, chunk, left_out);
    for (const ledger::item_record& i : chunk)
        progress_.subtract_segments(left_out.contains(i.phone) ? i.segments : 0);
    const auto gone = std::erase_if(chunk, [&](const ledger::item_record& i) { return left_out.contains(i.phone); });
    progress_.move_count(item_state::pending, item_state::skipped, static_cast<std::int64_t>(gone));
    co_return co_await progress_.save(std::move(changes));
}

task<stage_result> sender::send_chunk(items chunk)
{
    const measured_text text = text_of(chunk.front().text, progress_->common_text, limits_);
    if (text.text.empty())
        co_return stage_result::fail(context_, error(errc::contract, "the text of the run is lost"));
    chunks_.shorten(chunk, account_.sms->max_recipients_beside(text.text));
    ++progress_->last_chunk;
    const send_call call = call_for(chunk, text);
    auto settled = co_await purchases_.purchase(call);
    co_await reset_cancellation();
    ULAK_FAILPOINT("sms/sent");
    if (!settled)
        co_return co_await handle_not_booked(settled.error());
    co_return co_await handle_outcome(std::move(*settled), call, std::move(chunk));
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

/// The provider said no. Where some of the recipients are the reason, the others are looked for in two halves.
task<stage_result> sender::handle_refusal(std::optional<error> refusal, const send_call& call, items chunk)
{
    const bool blames = refusal && account_.sms->blames_recipients(*refusal);
    if (is_to_be_split(call, classification::rejected, refusal, account_))
        chunks_.split(std::move(chunk));
    if (blames)
        co_return co_await follow(failures_.after_refused_recipients(refusal));
    co_return co_await follow(failures_.after_rejection(refusal));
}

task<stage_result> sender::handle_outcome(settlement settled, const send_call& call, items chunk)
{
    switch (settled.classified_as) {
    case classification::accepted: failures_.accepted(); co_return stage_result::go_on();
    case classification::rejected:
        co_return co_await handle_refusal(std::move(settled.failure), call, std::move(chunk));
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
    const bool told = context_.stopping() || context_.cancel_requested();
    if (why.code == errc::paused || (why.code == errc::cancelled && !told))
        co_await sleep_for(context_, pause_poll); // the store knew it first
    co_return stage_result::go_on();
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
        co_return co_await stop_sending(context_, progress_, *next.stop_reason, item_state::rejected,
                                        next.item_reason + ": " + next.stop_reason->message);
    if (next.pause)
        co_await sleep_for(context_, *next.pause);
    co_return stage_result::go_on();
}

} // namespace ulak::kinds::sms
