// One call to the provider: what is committed with its intent, and with its outcome.
#include "kinds/json_fields.hpp"
#include "kinds/sms_send/job.hpp"
#include "kinds/sms_send/order.hpp"
#include "kinds/waiting.hpp"

#include "core/json_text.hpp"
#include "events/names.hpp"
#include "http/auth.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::sms {

namespace json = boost::json;
using ledger::item_state;
using providers::classification;

item_state state_after(classification v) noexcept
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
    std::string all = "sms.send\n" + s.what.sender + "\n" + text.text;
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
    order.sender = s.what.sender;
    order.text = text.text;
    order.encoding = text.turkish ? providers::sms_encoding::turkish : providers::sms_encoding::english;
    order.commercial = s.what.commercial;
    order.recipient_type = s.what.recipient_type;
    order.validity = s.what.validity;
    order.numbers = std::move(numbers);
    return order;
}

/// Committed with the outcome. Computes from scratch, because it may be asked twice.
ledger::batch session::after_send(const settlement& how, const std::optional<providers::sms_receipt>& got,
                                  std::size_t n, int segments)
{
    const item_state to = state_after(how.classified_as);
    ledger::item_counts counts = counts_;
    counts.by_state[static_cast<std::size_t>(item_state::submitting)] -= static_cast<std::int64_t>(n);
    counts.by_state[static_cast<std::size_t>(to)] += static_cast<std::int64_t>(n);
    ledger::move_items move;
    move.run = c_.run().id;
    move.by_effect = how.id;
    move.from = item_state::submitting;
    move.to = to;
    if (how.classified_as == classification::rejected)
        move.reason = reason_of(how);
    ledger::update_run state(c_.run().id);
    state.counts = json::serialize(counts_json(counts));
    ledger::batch all;
    if (how.classified_as == classification::accepted && got) {
        move.queue = got->queue_id;
        json::object data;
        data["queue"] = got->queue_id;
        data["recipients"] = n;
        data["segments"] = static_cast<std::int64_t>(n) * segments;
        auto told = c_.event(events::send_accepted, events::level::info,
                             std::to_string(n) + " messages taken as " + got->queue_id, std::move(data));
        told.event.account = who_->name;
        told.event.provider = who_->provider;
        all.push_back(std::move(told));
    }
    all.push_back(std::move(move));
    all.push_back(std::move(state));
    return all;
}

ledger::batch session::after_rehearsal(const settlement& how)
{
    ledger::batch all;
    if (how.classified_as != classification::accepted)
        return all;
    p_.rehearsed = true;
    p_.wait_until = c_.clock().wall_now() + s_.first->wait;
    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    all.push_back(std::move(state));
    return all;
}

/// Under the permit, for which it may have waited long: the window may have closed, somebody may have opted out, and
/// nobody else of ours moves the balance now.
task<result<void>> session::look_first(const std::vector<phone>& numbers)
{
    if (s_.open && !s_.open->is_open(c_.clock().wall_now()))
        co_return error(errc::denied_now, "the window has closed");
    auto refreshing = refresh_suppressed();
    auto fresh = co_await std::move(refreshing);
    if (!fresh)
        co_return fresh.error();
    if (std::ranges::any_of(numbers, [&](const phone& p) { return suppressed_.contains(as_number(p.digits())); }))
        co_return error(errc::denied_now, "somebody opted out");
    p_.before.reset();
    if (!who_->shared && !list_of(*who_)) {
        auto reading = read_balance_snapshot(c_, *who_);
        p_.before = co_await std::move(reading);
    }
    co_return result<void>();
}

ledger::batch session::submitting(const std::vector<std::int64_t>& positions, const effect_id& id) const
{
    ledger::move_items move;
    move.run = c_.run().id;
    move.positions = positions;
    move.from = item_state::pending;
    move.to = item_state::submitting;
    move.effect = id;
    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    ledger::batch all;
    all.push_back(std::move(move));
    all.push_back(std::move(state));
    return all;
}

task<result<purchase_result<providers::sms_receipt>>> session::send(std::string step, std::vector<phone> numbers,
                                                          const measured_text& text, bool rehearsal)
{
    const std::size_t n = numbers.size();
    const int segments = text.segments;
    purchase_request what(std::move(step), who_, "sms.send",
                  money(decimal::from_integer(static_cast<std::int64_t>(n) * segments), who_->can.unit));
    what.digest = digest_of(s_, text, numbers);
    what.attempt = rehearsal ? 0 : 1; // the number of a chunk is never given out twice
    const providers::sms_order order = order_of(s_, text, std::move(numbers));
    std::vector<std::int64_t> positions;
    positions.swap(positions_);
    what.before_intent = [this, &order] { return look_first(order.numbers); };
    if (!rehearsal)
        what.with_intent = [this, positions](const effect_id& id) { return submitting(positions, id); };
    providers::sms_sender& sender = *who_->sms;
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
                count(item_state::pending, item_state::submitting, static_cast<std::int64_t>(n));
            begun = true;
            return rehearsal ? after_rehearsal(how) : after_send(how, got, n, segments);
        };
    auto spending_it =
        spend<providers::sms_receipt>(c_, std::move(what), std::move(call), std::move(read), std::move(then));
    auto done = co_await std::move(spending_it);
    co_await reset_cancellation();
    if (done && !rehearsal)
        count(item_state::submitting, state_after(done->how.classified_as), static_cast<std::int64_t>(n));
    co_return done;
}

} // namespace ulak::kinds::sms
