// One call to the provider: what is committed with its intent, and with its outcome.
#include "kinds/json_fields.hpp"
#include "kinds/sms_send/order.hpp"
#include "kinds/sms_send/sms_run.hpp"
#include "kinds/waiting.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "http/auth.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::sms {

namespace json = boost::json;
using ledger::item_state;
using providers::classification;

item_state item_state_after(classification v) noexcept
{
    switch (v) {
    case classification::accepted: return item_state::submitted;
    case classification::rejected: return item_state::rejected;
    case classification::ambiguous: return item_state::ambiguous;
    default: return item_state::pending;
    }
}

namespace {

std::string digest_of(const settings& s, const measured_text& text, const std::vector<phone>& numbers)
{
    std::string all = "sms.send\n" + s.message.sender + "\n" + text.text;
    for (const phone& p : numbers)
        all += "\n" + p.digits();
    return http::sha256_hex(all);
}

std::string reason_of(const purchase_answer& answer)
{
    return answer.failure ? std::string(name(answer.failure->code)) : std::string();
}

} // namespace

providers::sms_order order_of(const settings& s, const measured_text& text, std::vector<phone> numbers)
{
    providers::sms_order order;
    order.sender = s.message.sender;
    order.text = text.text;
    order.encoding = text.turkish ? providers::sms_encoding::turkish : providers::sms_encoding::english;
    order.commercial = s.message.commercial;
    order.recipient_type = s.message.recipient_type;
    order.validity = s.message.validity;
    order.numbers = std::move(numbers);
    return order;
}

/// What becomes of the recipients of a call, committed with its outcome.
ledger::batch sms_run::changes_after_send(const effect_id& effect, const purchase_answer& answer,
                                          classification outcome, std::size_t n, int segments) const
{
    const item_state to = item_state_after(outcome);
    ledger::item_counts counts = counts_;
    counts.by_state[static_cast<std::size_t>(item_state::submitting)] -= static_cast<std::int64_t>(n);
    counts.by_state[static_cast<std::size_t>(to)] += static_cast<std::int64_t>(n);
    ledger::move_items move;
    move.run = context_.run().id;
    move.by_effect = effect;
    move.from = item_state::submitting;
    move.to = to;
    if (outcome == classification::rejected)
        move.reason = reason_of(answer);
    ledger::update_run state(context_.run().id);
    state.counts = json::serialize(counts_json(counts));
    ledger::batch all;
    if (outcome == classification::accepted) {
        move.queue = answer.provider_ref;
        json::object data;
        data["queue"] = answer.provider_ref;
        data["recipients"] = n;
        data["segments"] = static_cast<std::int64_t>(n) * segments;
        auto event = context_.event(events::send_accepted, events::level::info,
                                    std::to_string(n) + " messages taken as " + answer.provider_ref, std::move(data));
        event.event.account = account_->name;
        event.event.provider = account_->provider;
        all.push_back(std::move(event));
    }
    all.push_back(std::move(move));
    all.push_back(std::move(state));
    return all;
}

ledger::batch sms_run::changes_after_rehearsal()
{
    progress_.rehearsed = true;
    progress_.wait_until = context_.clock().wall_now() + settings_.rehearsal->wait;
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    return ledger::batch(1, std::move(state));
}

/// Under the permit, for which it may have waited long: the window may have closed, somebody may have opted out, and
/// nobody else of ours moves the balance now.
task<result<void>> sms_run::check_before_booking(const std::vector<phone>& numbers)
{
    if (settings_.window && !settings_.window->is_open(context_.clock().wall_now()))
        co_return error(errc::denied_now, "the window has closed");
    auto refreshing = refresh_suppressed();
    auto fresh = co_await std::move(refreshing);
    if (!fresh)
        co_return fresh.error();
    if (std::ranges::any_of(numbers, [&](const phone& p) { return suppressed_.contains(phone_key(p.digits())); }))
        co_return error(errc::denied_now, "somebody opted out");
    progress_.balance_before.reset();
    if (!account_->shared && !list_of(*account_)) {
        auto reading = read_balance_snapshot(context_, *account_);
        progress_.balance_before = co_await std::move(reading);
    }
    co_return result<void>();
}

ledger::batch sms_run::changes_at_intent(const std::vector<std::int64_t>& positions, const effect_id& id) const
{
    ledger::move_items move;
    move.run = context_.run().id;
    move.positions = positions;
    move.from = item_state::pending;
    move.to = item_state::submitting;
    move.effect = id;
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    ledger::batch all;
    all.push_back(std::move(move));
    all.push_back(std::move(state));
    return all;
}

/// The purchase of one call. Any error: nothing was sent.
task<result<settlement>> sms_run::make_purchase(std::string step, std::vector<phone> numbers, const measured_text& text,
                                                bool rehearsal)
{
    const auto n = static_cast<std::int64_t>(numbers.size());
    purchase_request request(std::move(step), account_, "sms.send",
                             money(decimal::from_integer(n * text.segments), account_->can.unit));
    request.digest = digest_of(settings_, text, numbers);
    request.attempt = rehearsal ? 0 : 1; // the number of a chunk is never given out twice
    const providers::sms_order order = order_of(settings_, text, std::move(numbers));
    std::vector<std::int64_t> positions;
    positions.swap(positions_);

    // 1. Reserve, and look again at what may have changed while the permit was waited for.
    auto reserved = co_await reserve(context_, std::move(request));
    if (!reserved)
        co_return reserved.error();
    auto checked = co_await check_before_booking(order.numbers);
    if (!checked)
        co_return checked.error();

    // 2. Book: the budget, the intent and the recipients that are being submitted.
    ledger::batch at_intent;
    if (!rehearsal)
        at_intent = changes_at_intent(positions, reserved->effect());
    auto booked = co_await std::move(*reserved).book(std::move(at_intent));
    if (!booked)
        co_return booked.error();

    // 3. Call.
    auto call = std::move(*booked).call();
    auto answer = co_await account_->sms->send(order, std::move(call.gate));

    // 4. Settle: the outcome with what becomes of the recipients, also if the store finds it ambiguous.
    purchase_answer classified(answer, &providers::sms_receipt::queue_id);
    ledger::batch changes, if_ambiguous;
    if (!rehearsal) {
        move_count(item_state::pending, item_state::submitting, n);
        const auto of = [&](classification outcome) {
            return changes_after_send(call.purchase.effect(), classified, outcome, order.numbers.size(), text.segments);
        };
        changes = of(classified.classified_as);
        if_ambiguous = of(classification::ambiguous);
    } else if (classified.accepted()) {
        changes = changes_after_rehearsal();
    }
    auto settled =
        co_await std::move(call.purchase).settle(std::move(classified), std::move(changes), std::move(if_ambiguous));
    co_await reset_cancellation();
    if (settled && !rehearsal)
        move_count(item_state::submitting, item_state_after(settled->classified_as), n);
    co_return settled;
}

} // namespace ulak::kinds::sms
