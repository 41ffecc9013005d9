#include "sim/world_state.hpp"

#include "core/wall_time.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::sim {
namespace {

/// The seed documents' own sums where they show one, enough for a day of trying otherwise.
decimal initial_balance(const options& o, protocol_id p)
{
    if (auto at = o.balances.find(p); at != o.balances.end())
        return at->second;
    switch (p) {
    case protocol_id::toplusms:
        return decimal::from_integer(5'555);
    case protocol_id::iletimerkezi:
        return decimal::from_integer(18'343);
    case protocol_id::tamonay:
        return decimal::from_integer(150);
    case protocol_id::numbers:
        return decimal::from_integer(100);
    case protocol_id::panel:
        return decimal::from_micros(100'842'920);
    }
    return {};
}

std::array<wallet, protocol_count> open_wallets(const options& o)
{
    return {wallet(initial_balance(o, protocol_id::toplusms), "credits"),
            wallet(initial_balance(o, protocol_id::iletimerkezi), "credits"),
            wallet(initial_balance(o, protocol_id::tamonay), "TRY"),
            wallet(initial_balance(o, protocol_id::numbers), "TRY"), wallet(initial_balance(o, protocol_id::panel), "USD")};
}

json::value describe_refund_event(std::uint64_t id, std::string_view kind, decimal amount, const std::string& unit)
{
    return json::object({{"kind", json::text(kind)},
                         {"id", json::text(std::to_string(id))},
                         {"amount", json::text((decimal() - amount).text())},
                         {"unit", json::text(unit)}});
}

} // namespace

world_state::world_state(options o)
    : log(o),
      randomness(o.seed),
      tamonay(protocol_id::tamonay, tamonay_catalog(), 122 + o.seed % 1'000 * 10, randomness),
      numbers(protocol_id::numbers, smmonayim_catalog(), 99 + o.seed % 1'000 * 10, randomness),
      panel_services(panel_catalog()),
      toplusms_sends(112'232 + o.seed % 1'000 * 100, randomness),
      iletimerkezi_sends(12'323'231 + o.seed % 1'000 * 100, randomness),
      panel_orders(23'500 + o.seed % 1'000 * 10, randomness),
      settings_(std::move(o)),
      wallets_(open_wallets(settings_))
{}

void world_state::advance(wall_point clock_now)
{
    // A clock that steps back must not undo what has happened.
    auto target = std::max(now_, clock_now + clock_offset_);
    timers.run_due(target);
    now_ = target;
}

void world_state::skip(std::chrono::milliseconds d)
{
    clock_offset_ += d;
    auto target = now_ + d;
    timers.run_due(target);
    now_ = target;
}

void world_state::log_event(protocol_id p, std::string operation, json::value effect)
{
    log_entry e;
    e.at = now_;
    e.protocol = p;
    e.operation = std::move(operation);
    e.accepted = true;
    e.effect = std::move(effect);
    log.append(e);
}

rented_number& world_state::rent(protocol_id p, number_service& service, decimal charge, rented_number wanted)
{
    wanted.service = service.id;
    wanted.number = service.prefix + randomness.digits(service.digits);
    wanted.price = charge;
    wanted.ordered_at = now_;
    wanted.expires_at = now_ + settings_.number_life;
    wanted.code = settings_.otp_code ? *settings_.otp_code : randomness.digits(6);
    wanted.text = service.name + " kodunuz: " + wanted.code;
    --service.stock;
    auto& n = market_of(p).numbers.add(std::move(wanted));
    wallet_of(p).post(now_, decimal() - charge, "number " + std::to_string(n.id));
    schedule_number(p, n);
    return n;
}

void world_state::schedule_number(protocol_id p, const rented_number& n)
{
    // By id and not by address: the book's map moves nothing, but an id cannot dangle.
    auto end = [this, p, id = n.id](number_state state, wall_point due) {
        now_ = std::max(now_, due);
        auto* number = market_of(p).numbers.find(id);
        if (number->state != number_state::waiting)
            return;
        auto back = refund(p, *number, state);
        log_event(p, state == number_state::expired ? "_expired" : "_died",
                 describe_refund_event(id, "refund", back, wallet_of(p).unit()));
    };
    if (n.plan.sms_after)
        timers.schedule(n.ordered_at + *n.plan.sms_after,
                  [this, p, id = n.id](wall_point) { deliver_sms(*market_of(p).numbers.find(id)); });
    if (n.plan.dies_after)
        timers.schedule(n.ordered_at + *n.plan.dies_after, [end](wall_point due) { end(number_state::cancelled, due); });
    timers.schedule(n.expires_at, [end](wall_point due) { end(number_state::expired, due); });
}

void world_state::deliver_sms(rented_number& n)
{
    if (n.state == number_state::waiting)
        n.state = number_state::received;
}

decimal world_state::refund(protocol_id p, rented_number& n, number_state ended)
{
    n.state = ended;
    n.last_shown_state = ended;
    if (auto* service = market_of(p).catalog.find(n.service))
        ++service->stock;
    if (n.plan.refund_missing)
        return {};
    n.refunded = true;
    wallet_of(p).post(now_, n.price, "refund of number " + std::to_string(n.id));
    return n.price;
}

sms_queue& world_state::accept_send(protocol_id p, sms_queue queue, bool pays_for_undelivered)
{
    auto& book = p == protocol_id::toplusms ? toplusms_sends : iletimerkezi_sends;
    queue.delivery_time = settings_.delivery_after;
    queue.undelivered_tail = std::min(queue.undelivered_tail, queue.numbers.size());
    auto& q = book.add(std::move(queue));
    wallet_of(p).post(now_, decimal() - q.charge, "send " + std::to_string(q.id));
    if (!pays_for_undelivered || q.undelivered_tail == 0)
        return q;
    timers.schedule(q.due_at + q.delivery_time, [this, p, id = q.id, &book](wall_point due) {
        auto* done = book.find(id);
        if (done->cancelled)
            return;
        now_ = std::max(now_, due);
        done->refunded = done->charge.times(static_cast<std::int64_t>(done->undelivered_tail),
                                            static_cast<std::int64_t>(done->numbers.size()));
        wallet_of(p).post(due, done->refunded, "not delivered of " + std::to_string(id));
        log_event(p, "_undelivered", describe_refund_event(id, "refund", done->refunded, wallet_of(p).unit()));
    });
    return q;
}

decimal world_state::cancel_send(protocol_id p, sms_queue& queue)
{
    queue.cancelled = true;
    queue.refunded = queue.charge;
    wallet_of(p).post(now_, queue.charge, "cancelled " + std::to_string(queue.id));
    return queue.charge;
}

panel_order& world_state::place_order(panel_order wanted)
{
    wanted.ordered_at = now_;
    wanted.duration = settings_.order_after;
    auto& o = panel_orders.add(std::move(wanted));
    wallet_of(protocol_id::panel).post(now_, decimal() - o.charge, "order " + std::to_string(o.id));
    if (o.outcome != panel_outcome::partial && o.outcome != panel_outcome::canceled)
        return o;
    timers.schedule(o.ordered_at + o.duration, [this, id = o.id](wall_point due) {
        now_ = std::max(now_, due);
        auto* done = panel_orders.find(id);
        auto left = done->outcome == panel_outcome::canceled ? done->quantity : done->left_at_end;
        auto back =
            done->refund_missing ? decimal() : done->charge.times(left, std::max<std::int64_t>(1, done->quantity));
        done->charge = done->charge - back;
        wallet_of(protocol_id::panel).post(due, back, "refund of order " + std::to_string(id));
        log_event(protocol_id::panel, "_refund", describe_refund_event(id, "refund", back, "USD"));
    });
    return o;
}

std::optional<std::chrono::milliseconds> parse_delay(std::string_view text)
{
    std::int64_t ms = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (failed == std::errc() && end == text.data() + text.size() && ms >= 0)
        return std::chrono::milliseconds(ms);
    auto parsed = parse_duration(text);
    if (!parsed)
        return std::nullopt;
    return *parsed;
}

} // namespace ulak::sim
