#include "kinds/sms_send/rehearsal.hpp"

#include "kinds/sms_send/call_items.hpp"
#include "kinds/sms_send/chunk_builder.hpp"
#include "kinds/sms_send/gate_refusal.hpp"
#include "kinds/sms_send/send_order.hpp"
#include "kinds/sms_send/stop_sending.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;
using providers::classification;

namespace {

/// Why it was not sent, where that says nothing about provider and text: the window closed, one of its numbers opted
/// out, a new day began, the clock is in doubt, the run is paused.
std::optional<error> gate_refusal(const result<settlement>& s)
{
    if (!s)
        return s.error().code == errc::denied_now ? std::optional(s.error()) : std::nullopt;
    return s->refused_by_gate ? s->failure : std::nullopt;
}

} // namespace

send_call rehearsal::call_for(const items& trial, const measured_text& text) const
{
    send_call call;
    call.step = "rehearsal";
    call.order = order_of(settings_, text, numbers_of(trial));
    call.rules = rehearsal_rules_of(settings_, call.order.numbers);
    call.segments = text.segments * call.recipients();
    call.rehearsal = true;
    return call;
}

/// The numbers of the rehearsal as if they were recipients.
rehearsal::items rehearsal::trial_items(int segments) const
{
    items trial;
    for (const std::string& number : settings_.rehearsal->to) {
        ledger::item_record i;
        i.phone = number;
        i.segments = segments;
        trial.push_back(std::move(i));
    }
    return trial;
}

task<result<void>> rehearsal::drop_opted_out(items& trial)
{
    const auto rules = rehearsal_rules_of(settings_, numbers_of(trial));
    auto asked = recipient_rules_at(rules, context_.clock().wall_now());
    auto forbidden = co_await context_.store().forbidden_recipients(std::move(asked));
    if (!forbidden)
        co_return forbidden.error();
    std::erase_if(trial, [&](const ledger::item_record& i) {
        return std::ranges::find(*forbidden, i.phone, &ledger::forbidden_recipient::phone) != forbidden->end();
    });
    co_return result<void>();
}

task<stage_result> rehearsal::send()
{
    while (settings_.rehearsal && !progress_->rehearsed) {
        // The text of the first chunk, to the numbers of the rehearsal that are not on the opt-out list.
        chunk_builder chunks(context_, settings_.chunk); // the chunk stays pending
        auto chunk = co_await chunks.next();
        if (!chunk)
            co_return stage_result::fail(context_, chunk.error());
        if (chunk->empty())
            co_return stage_result::go_on();
        auto trial = trial_items(chunk->front().segments);
        auto turn = co_await pacer_.wait_for_turn(trial);
        if (!turn.goes_on())
            co_return turn;
        auto dropped = co_await drop_opted_out(trial);
        if (!dropped)
            co_return stage_result::fail(context_, dropped.error());
        if (trial.empty())
            break;

        const send_call call = call_for(trial, text_of(chunk->front().text, progress_->common_text, limits_));
        auto settled = co_await purchases_.purchase(call);
        co_await reset_cancellation();
        const auto refusal = gate_refusal(settled);
        if (refusal && !context_.stopping() && !context_.cancel_requested()) {
            co_await wait_after_gate(context_, *refusal);
            continue;
        }
        auto accepted = co_await require_acceptance(std::move(settled));
        if (!accepted.goes_on())
            co_return accepted;
        break;
    }
    if (settings_.rehearsal && progress_->wait_until)
        co_await sleep_until_wall(context_, *progress_->wait_until);
    co_return stage_result::go_on();
}

/// Only an accepted rehearsal lets the run go on.
task<stage_result> rehearsal::require_acceptance(result<settlement> settled)
{
    const bool was_made = settled && settled->classified_as != classification::not_sent;
    if (!was_made && context_.stopping())
        co_return stage_result::interrupt();
    if (!settled)
        co_return co_await stop(settled.error());
    if (settled->classified_as == classification::ambiguous)
        co_return co_await stop(error(errc::ambiguous, "it is not known whether the rehearsal was sent"));
    if (settled->classified_as != classification::accepted)
        co_return co_await stop(settled->failure.value_or(error(errc::validation, "the rehearsal was refused")));
    co_return stage_result::go_on();
}

task<stage_result> rehearsal::stop(error why)
{
    return stop_sending(context_, progress_, std::move(why), item_state::skipped, "rehearsal");
}

} // namespace ulak::kinds::sms
