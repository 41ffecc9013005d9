// One call to the provider: what is committed with its intent, and with its outcome.
#include "kinds/json_fields.hpp"
#include "kinds/sms_send/sms_run.hpp"
#include "kinds/sms_send/order.hpp"
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

std::string reason_of(const settlement& how)
{
    return how.failure ? std::string(name(how.failure->code)) : std::string();
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

/// Committed with the outcome. Computes from scratch, because it may be asked twice.
ledger::batch sms_run::changes_after_send(const settlement& how, const std::optional<providers::sms_receipt>& got,
                                  std::size_t n, int segments)
{
    const item_state to = item_state_after(how.classified_as);
    ledger::item_counts counts = counts_;
    counts.by_state[static_cast<std::size_t>(item_state::submitting)] -= static_cast<std::int64_t>(n);
    counts.by_state[static_cast<std::size_t>(to)] += static_cast<std::int64_t>(n);
    ledger::move_items move;
    move.run = context_.run().id;
    move.by_effect = how.id;
    move.from = item_state::submitting;
    move.to = to;
    if (how.classified_as == classification::rejected)
        move.reason = reason_of(how);
    ledger::update_run state(context_.run().id);
    state.counts = json::serialize(counts_json(counts));
    ledger::batch all;
    if (how.classified_as == classification::accepted && got) {
        move.queue = got->queue_id;
        json::object data;
        data["queue"] = got->queue_id;
        data["recipients"] = n;
        data["segments"] = static_cast<std::int64_t>(n) * segments;
        auto told = context_.event(events::send_accepted, events::level::info,
                             std::to_string(n) + " messages taken as " + got->queue_id, std::move(data));
        told.event.account = account_->name;
        told.event.provider = account_->provider;
        all.push_back(std::move(told));
    }
    all.push_back(std::move(move));
    all.push_back(std::move(state));
    return all;
}

ledger::batch sms_run::changes_after_rehearsal(const settlement& how)
{
    ledger::batch all;
    if (how.classified_as != classification::accepted)
        return all;
    progress_.rehearsed = true;
    progress_.wait_until = context_.clock().wall_now() + settings_.rehearsal->wait;
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    all.push_back(std::move(state));
    return all;
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

task<result<purchase_result<providers::sms_receipt>>> sms_run::make_purchase(std::string step, std::vector<phone> numbers,
                                                          const measured_text& text, bool rehearsal)
{
    const std::size_t n = numbers.size();
    const int segments = text.segments;
    purchase_request what(std::move(step), account_, "sms.send",
                  money(decimal::from_integer(static_cast<std::int64_t>(n) * segments), account_->unit));
    what.digest = digest_of(settings_, text, numbers);
    what.attempt = rehearsal ? 0 : 1; // the number of a chunk is never given out twice
    const providers::sms_order order = order_of(settings_, text, std::move(numbers));
    std::vector<std::int64_t> positions;
    positions.swap(positions_);
    what.before_intent = [this, &order] { return check_before_booking(order.numbers); };
    if (!rehearsal)
        what.with_intent = [this, positions](const effect_id& id) { return changes_at_intent(positions, id); };
    providers::sms_sender& sender = *account_->sms;
    costly_call<providers::sms_receipt> call = [&](providers::purchase_gate how) {
        return sender.send(order, std::move(how));
    };
    std::function<acceptance(const providers::sms_receipt&)> read = [](const providers::sms_receipt& got) {
        acceptance a;
        a.provider_ref = got.queue_id;
        return a;
    };
    bool begun = false;
    std::function<ledger::batch(const settlement&, const std::optional<providers::sms_receipt>&)> then =
        [&](const settlement& how, const std::optional<providers::sms_receipt>& got) {
            if (!rehearsal && !begun)
                move_count(item_state::pending, item_state::submitting, static_cast<std::int64_t>(n));
            begun = true;
            return rehearsal ? changes_after_rehearsal(how) : changes_after_send(how, got, n, segments);
        };
    auto spending_it =
        spend<providers::sms_receipt>(context_, std::move(what), std::move(call), std::move(read), std::move(then));
    auto done = co_await std::move(spending_it);
    co_await reset_cancellation();
    if (done && !rehearsal)
        move_count(item_state::submitting, item_state_after(done->how.classified_as), static_cast<std::int64_t>(n));
    co_return done;
}

} // namespace ulak::kinds::sms
