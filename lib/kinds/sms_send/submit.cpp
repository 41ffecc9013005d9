// One call to the provider, and what its outcome means for the recipients and for the rest of the run.
#include "kinds/sms_send/job.hpp"
#include "kinds/waiting.hpp"

#include "core/json_text.hpp"
#include "events/names.hpp"
#include "http/auth.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::sms {
namespace {

namespace json = boost::json;
using ledger::item_state;
using ledger::run_state;
using providers::verdict;
using namespace std::chrono_literals;

/// Calls in a row that may go wrong before the run gives up.
constexpr int most_troubles = 5;
constexpr int most_refusals = 3;
constexpr std::chrono::milliseconds first_pause = 1s;
constexpr std::chrono::seconds usual_limit_pause = 30s;

item_state state_after(verdict v)
{
    switch (v) {
    case verdict::accepted: return item_state::submitted;
    case verdict::rejected: return item_state::rejected;
    case verdict::ambiguous: return item_state::ambiguous;
    default: return item_state::pending;
    }
}

std::string digest_of(const settings& s, const measured_text& text, const std::vector<phone>& numbers)
{
    std::string all = "sms.send\n" + s.what.sender + "\n" + text.text;
    for (const phone& p : numbers)
        all += "\n" + p.digits();
    return http::sha256_hex(all);
}

std::string reason_of(const settlement& how)
{
    return how.why ? std::string(name(how.why->code)) : std::string();
}

/// Refusals that the next call would meet as well.
bool concerns_all(errc code)
{
    return code == errc::auth || code == errc::balance || code == errc::forbidden;
}

} // namespace

/// Committed with the outcome. Computes from scratch, because it may be asked twice.
ledger::batch session::after_send(const settlement& how, const std::optional<providers::sms_receipt>& got,
                                  std::size_t n, int segments)
{
    const item_state to = state_after(how.what);
    ledger::item_counts counts = counts_;
    counts.by_state[static_cast<std::size_t>(item_state::submitting)] -= static_cast<std::int64_t>(n);
    counts.by_state[static_cast<std::size_t>(to)] += static_cast<std::int64_t>(n);
    ledger::move_items move;
    move.run = c_.run().id;
    move.by_effect = how.id;
    move.from = item_state::submitting;
    move.to = to;
    if (how.what == verdict::rejected)
        move.reason = reason_of(how);
    ledger::update_run state(c_.run().id);
    state.counts = json::serialize(counts_json(counts));
    ledger::batch all;
    if (how.what == verdict::accepted && got) {
        move.queue = got->queue_id;
        json::object data;
        data["queue"] = got->queue_id;
        data["recipients"] = n;
        data["segments"] = static_cast<std::int64_t>(n) * segments;
        auto told = c_.event(events::send_accepted, events::level::info,
                             std::to_string(n) + " messages taken as " + got->queue_id, std::move(data));
        told.what.account = who_->name;
        told.what.provider = who_->provider;
        all.push_back(std::move(told));
    }
    all.push_back(std::move(move));
    all.push_back(std::move(state));
    return all;
}

ledger::batch session::after_rehearsal(const settlement& how)
{
    ledger::batch all;
    if (how.what != verdict::accepted)
        return all;
    p_.rehearsed = true;
    p_.wait_until = c_.time().wall_now() + s_.first->wait;
    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    all.push_back(std::move(state));
    return all;
}

task<result<spent<providers::sms_receipt>>> session::send(std::string step, std::vector<phone> numbers,
                                                          const measured_text& text, bool rehearsal)
{
    const std::size_t n = numbers.size();
    const int segments = text.segments;
    spending what(std::move(step), who_, "sms.send",
                  money(decimal::from_integer(static_cast<std::int64_t>(n) * segments), who_->can.unit));
    what.digest = digest_of(s_, text, numbers);
    what.attempt = rehearsal ? 0 : 1; // the number of a chunk is never given out twice
    providers::sms_order order;
    order.sender = s_.what.sender;
    order.text = text.text;
    order.encoding = text.turkish ? providers::sms_encoding::turkish : providers::sms_encoding::english;
    order.commercial = s_.what.commercial;
    order.recipient_type = s_.what.recipient_type;
    order.validity = s_.what.validity;
    order.numbers = std::move(numbers);
    std::vector<std::int64_t> positions;
    positions.swap(positions_);
    if (!rehearsal) {
        what.with_id = [this, positions](const effect_id& id) {
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
        };
    }
    providers::sms_sender& sender = *who_->sms;
    costly_call<providers::sms_receipt> call = [&](providers::purchase how) {
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
    co_await hear_cancellation();
    if (done && !rehearsal)
        count(item_state::submitting, state_after(done->how.what), static_cast<std::int64_t>(n));
    co_return done;
}

task<std::optional<ending>> session::send_next(items group)
{
    p_.before.reset();
    if (!who_->shared && who_->balances) {
        auto reading = who_->balances->balance(c_.time().now() + who_->read_timeout);
        auto now = co_await std::move(reading);
        if (now)
            p_.before = *now;
        co_await hear_cancellation();
    }
    ++p_.chunk;
    std::vector<phone> numbers;
    positions_.clear();
    for (const ledger::item_record& i : group) {
        numbers.push_back(phone::parse(i.phone).value());
        positions_.push_back(i.position);
    }
    const measured_text text = text_of(group.front());
    if (text.text.empty())
        co_return co_await in_trouble(error(errc::contract, "the text of the run is lost"));
    auto sending = send("chunk/" + std::to_string(p_.chunk), std::move(numbers), text, false);
    auto done = co_await std::move(sending);
    if (!done) {
        look_again();
        if (done.error().code == errc::cancelled)
            co_return std::nullopt; // the loop looks at the flags
        if (done.error().code == errc::unavailable)
            co_return co_await after_refusal(done.error());
        co_return co_await stop_sending(done.error(), item_state::rejected, std::string(name(done.error().code)));
    }
    const settlement& how = done->how;
    switch (how.what) {
    case verdict::accepted: troubles_ = 0; co_return std::nullopt;
    case verdict::ambiguous: {
        auto settling = settle_doubt(how.id);
        auto over = co_await std::move(settling);
        if (over)
            co_return over;
        if (++troubles_ >= most_refusals)
            co_return co_await stop_sending(error(errc::ambiguous, "several sends in a row had no sound answer"),
                                            item_state::rejected, "stopped");
        co_return std::nullopt;
    }
    case verdict::rejected:
        if (how.why && concerns_all(how.why->code))
            co_return co_await stop_sending(*how.why, item_state::rejected, std::string(name(how.why->code)));
        if (++troubles_ >= most_refusals)
            co_return co_await stop_sending(how.why.value_or(error(errc::validation, "refused")), item_state::rejected,
                                            "stopped");
        co_return std::nullopt;
    default: co_return co_await after_refusal(how.why.value_or(error(errc::transient, "the message was not sent")));
    }
}

/// Nothing was sent and the recipients are pending again: wait, or give up.
task<std::optional<ending>> session::after_refusal(const error& why)
{
    look_again();
    if (c_.stopping() || c_.cancel_asked())
        co_return std::nullopt;
    if (why.code == errc::rate_limited) {
        co_await nap(c_, why.retry_after.value_or(usual_limit_pause));
        co_return std::nullopt;
    }
    if (++troubles_ >= most_troubles)
        co_return co_await stop_sending(why, item_state::rejected, std::string(name(why.code)));
    co_await nap(c_, first_pause * (1 << (troubles_ - 1)));
    co_return std::nullopt;
}

/// A run that is taken up again: recipients whose call was interrupted follow their effect.
task<std::optional<ending>> session::look_back()
{
    ledger::effect_query q;
    q.run = c_.run().id.text();
    auto reading = c_.store().effects(std::move(q));
    auto effects = co_await std::move(reading);
    if (!effects)
        co_return co_await in_trouble(effects.error());
    ledger::batch changes;
    for (const ledger::effect_record& e : *effects) {
        const bool harmless = e.state == ledger::effect_state::not_sent ||
                              e.state == ledger::effect_state::not_executed ||
                              e.state == ledger::effect_state::rate_limited;
        if (!harmless && e.state != ledger::effect_state::ambiguous)
            continue;
        ledger::move_items move;
        move.run = c_.run().id;
        move.by_effect = e.id;
        move.from = item_state::submitting;
        move.to = harmless ? item_state::pending : item_state::ambiguous;
        changes.push_back(std::move(move));
    }
    auto counting = co_await recount();
    if (!counting)
        co_return co_await in_trouble(counting.error());
    auto kept = co_await keep(std::move(changes));
    if (!kept)
        co_return co_await in_trouble(kept.error());
    counting = co_await recount();
    if (!counting)
        co_return co_await in_trouble(counting.error());
    kept = co_await keep();
    if (!kept)
        co_return co_await in_trouble(kept.error());
    for (const ledger::effect_record& e : *effects) {
        const bool latest = e.step == "chunk/" + std::to_string(p_.chunk);
        if (!latest || e.state != ledger::effect_state::ambiguous)
            continue;
        auto settling = settle_doubt(e.id);
        auto over = co_await std::move(settling);
        if (over)
            co_return over;
    }
    if (p_.stop)
        co_return co_await stop_sending(*p_.stop, item_state::skipped, "stopped");
    co_return std::nullopt;
}

} // namespace ulak::kinds::sms
