#include "kinds/sms_send/send_call.hpp"

#include "events/event_names.hpp"
#include "kinds/sms_send/send_order.hpp"

#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;
using providers::classification;

namespace {

ledger::append_event accepted_event(const send_call& call, const std::string& queue, const run_context& c,
                                    const providers::account& account)
{
    boost::json::object data;
    data["queue"] = queue;
    data["recipients"] = call.recipients();
    data["segments"] = call.segments;
    return c.event(account, events::send_accepted, events::level::info,
                   std::to_string(call.recipients()) + " messages taken as " + queue, std::move(data));
}

} // namespace

purchase_request request_for(const send_call& call, std::shared_ptr<providers::account> account)
{
    const money expected(decimal::from_integer(call.segments), account->unit);
    purchase_request request(call.step, std::move(account), sms_operation, expected);
    request.messages = call.rules;
    request.digest = digest_of(call.order);
    request.attempt = call.rehearsal ? 0 : 1; // the number of a chunk is never given out twice
    return request;
}

ledger::batch changes_at_booking(const send_call& call, const run_id& run, const effect_id& effect,
                                 const stored_progress& progress)
{
    ledger::batch changes;
    if (call.rehearsal)
        return changes;
    ledger::move_items move;
    move.run = run;
    move.positions = call.positions;
    move.from = item_state::pending;
    move.all_or_none = true; // nobody is in a call whose row is not
    move.to = item_state::submitting;
    move.effect = effect;
    changes.push_back(std::move(move));
    changes.push_back(progress.progress_update());
    return changes;
}

item_state item_state_after(classification c) noexcept
{
    switch (c) {
    case classification::accepted: return item_state::submitted;
    case classification::rejected: return item_state::rejected;
    case classification::ambiguous: return item_state::ambiguous;
    default: return item_state::pending;
    }
}

ledger::batch changes_at_settlement(const send_call& call, const effect_id& effect, const purchase_answer& answer,
                                    classification outcome, const run_context& c, const stored_progress& progress,
                                    const providers::account& account)
{
    ledger::batch changes;
    ledger::move_items move;
    move.run = c.run().id;
    move.by_effect = effect;
    move.from = item_state::submitting;
    move.to = item_state_after(outcome);
    if (outcome == classification::rejected && answer.failure)
        move.reason = std::string(name(answer.failure->code));
    if (outcome == classification::accepted) {
        move.queue = answer.provider_ref;
        changes.push_back(accepted_event(call, answer.provider_ref, c, account));
    }
    auto counts = progress.counts_update(item_state::submitting, move.to, call.recipients());
    changes.push_back(std::move(move));
    changes.push_back(std::move(counts));
    return changes;
}

} // namespace ulak::kinds::sms
