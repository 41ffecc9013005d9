#include "kinds/sms_send/purchaser.hpp"

#include "kinds/purchase/purchase.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/sms_send/list_search.hpp"

#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;
using providers::classification;

purchaser::purchaser(run_context& c, const settings& s, std::shared_ptr<providers::account> account,
                     stored_progress& progress)
    : context_(c), settings_(s), account_(std::move(account)), progress_(progress)
{}

task<result<settlement>> purchaser::purchase(const send_call& call)
{
    // 1. Reserve a permit, then check what may have changed while the run waited for it.
    auto reserved = co_await reserve(context_, request_for(call, account_));
    if (!reserved)
        co_return reserved.error();
    auto checked = co_await check_before_booking(call.rules);
    if (!checked)
        co_return checked.error();

    // 2. Book the budget and the intent; the items are submitting in the same commit.
    auto at_booking = changes_at_booking(call, context_.run().id, reserved->effect(), progress_);
    auto booked = co_await std::move(*reserved).book(std::move(at_booking));
    if (!booked)
        co_return booked.error();
    if (!call.rehearsal)
        progress_.move_count(item_state::pending, item_state::submitting, call.recipients());

    // 3. Call the provider; its gate commits `dispatched` before the first byte.
    auto out = std::move(*booked).call();
    auto outcome = co_await account_->sms->send(call.order, std::move(out.gate));
    purchase_answer answer(outcome, &providers::sms_receipt::queue_id);

    // 4. Settle: the outcome, the items, the counts and the event in one commit.
    ledger::batch changes, if_ambiguous;
    if (!call.rehearsal) {
        const auto changes_for = [&](classification c) {
            return changes_at_settlement(call, out.purchase.effect(), answer, c, context_, progress_, *account_);
        };
        changes = changes_for(answer.classified_as);
        if_ambiguous = changes_for(classification::ambiguous);
    } else if (answer.accepted()) {
        start_pause_after_rehearsal();
        changes.push_back(progress_.progress_update());
    }
    auto settled =
        co_await std::move(out.purchase).settle(std::move(answer), std::move(changes), std::move(if_ambiguous));
    if (settled && !call.rehearsal)
        progress_.move_count(item_state::submitting, item_state_after(settled->classified_as), call.recipients());
    co_return settled;
}

/// Under the permit: nothing is booked that the gate would refuse, and nobody else of ours moves the balance that is
/// read now. errc::denied_now: the chunk has to be built again.
task<result<void>> purchaser::check_before_booking(const message_rules& rules)
{
    const wall_point now = context_.clock().wall_now();
    if (rules.window && !rules.window->is_open(now))
        co_return error(errc::denied_now, "the window has closed");
    auto asked = recipient_rules_at(rules, now);
    auto forbidden = co_await context_.store().forbidden_recipients(std::move(asked));
    if (!forbidden)
        co_return forbidden.error();
    if (!forbidden->empty())
        co_return error(errc::denied_now, "somebody may not be messaged any more");
    progress_->balance_before.reset();
    const bool alone = account_->purchases == 1; // with others beside it no balance tells what was charged
    if (!account_->shared && !list_of(*account_) && alone)
        progress_->balance_before = co_await read_balance_snapshot(context_, *account_);
    co_return result<void>();
}

void purchaser::start_pause_after_rehearsal()
{
    progress_->rehearsed = true;
    progress_->wait_until = context_.clock().wall_now() + settings_.rehearsal->wait;
}

} // namespace ulak::kinds::sms
