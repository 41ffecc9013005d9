#include "sim/world.hpp"

#include "core/wall_time.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::sim {
namespace {

/// The seed documents' own sums where they show one, enough for a day of trying otherwise.
decimal first_balance(const options& o, protocol_id p)
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
    return {wallet(first_balance(o, protocol_id::toplusms), "credits"),
            wallet(first_balance(o, protocol_id::iletimerkezi), "credits"),
            wallet(first_balance(o, protocol_id::tamonay), "TRY"),
            wallet(first_balance(o, protocol_id::numbers), "TRY"), wallet(first_balance(o, protocol_id::panel), "USD")};
}

json::value refund_of(std::uint64_t id, std::string_view kind, decimal amount, const std::string& unit)
{
    return json::object({{"kind", json::text(kind)},
                         {"id", json::text(std::to_string(id))},
                         {"amount", json::text((decimal() - amount).text())},
                         {"unit", json::text(unit)}});
}

} // namespace

world::world(options o)
    : lines(o),
      random(o.seed),
      tamonay(protocol_id::tamonay, tamonay_catalog(), 122 + o.seed % 1'000 * 10, random),
      numbers(protocol_id::numbers, smmonayim_catalog(), 99 + o.seed % 1'000 * 10, random),
      panel_services(panel_catalog()),
      toplusms_sends(112'232 + o.seed % 1'000 * 100, random),
      iletimerkezi_sends(12'323'231 + o.seed % 1'000 * 100, random),
      panel_orders(23'500 + o.seed % 1'000 * 10, random),
      settings_(std::move(o)),
      wallets_(open_wallets(settings_))
{}

void world::advance(wall_point clock_now)
{
    // A clock that steps back must not undo what has happened.
    auto target = std::max(now_, clock_now + skipped_);
    coming.advance(target);
    now_ = target;
}

void world::skip(std::chrono::milliseconds d)
{
    skipped_ += d;
    auto target = now_ + d;
    coming.advance(target);
    now_ = target;
}

void world::remember(protocol_id p, std::string operation, json::value effect)
{
    entry e;
    e.at = now_;
    e.protocol = p;
    e.operation = std::move(operation);
    e.accepted = true;
    e.effect = std::move(effect);
    lines.append(e);
}

rented_number& world::rent(protocol_id p, number_service& service, decimal charge, rented_number wanted)
{
    wanted.service = service.id;
    wanted.number = service.prefix + random.digits(service.digits);
    wanted.price = charge;
    wanted.ordered = now_;
    wanted.expires = now_ + settings_.number_life;
    wanted.code = settings_.otp_code ? *settings_.otp_code : random.digits(6);
    wanted.text = service.name + " kodunuz: " + wanted.code;
    --service.stock;
    auto& n = shop(p).rented.add(std::move(wanted));
    money(p).move(now_, decimal() - charge, "number " + std::to_string(n.id));
    plan_number(p, n);
    return n;
}

void world::plan_number(protocol_id p, const rented_number& n)
{
    // By id and not by address: the book's map moves nothing, but an id cannot dangle.
    auto end = [this, p, id = n.id](number_state state, wall_point due) {
        now_ = std::max(now_, due);
        auto* number = shop(p).rented.find(id);
        if (number->state != number_state::waiting)
            return;
        auto back = give_back(p, *number, state);
        remember(p, state == number_state::expired ? "_expired" : "_died",
                 refund_of(id, "refund", back, money(p).unit()));
    };
    if (n.plan.sms_after)
        coming.at(n.ordered + *n.plan.sms_after,
                  [this, p, id = n.id](wall_point) { receive(*shop(p).rented.find(id)); });
    if (n.plan.dies_after)
        coming.at(n.ordered + *n.plan.dies_after, [end](wall_point due) { end(number_state::cancelled, due); });
    coming.at(n.expires, [end](wall_point due) { end(number_state::expired, due); });
}

void world::receive(rented_number& n)
{
    if (n.state == number_state::waiting)
        n.state = number_state::received;
}

decimal world::give_back(protocol_id p, rented_number& n, number_state ended)
{
    n.state = ended;
    n.shown = ended;
    if (auto* service = shop(p).catalog.find(n.service))
        ++service->stock;
    if (n.plan.refund_missing)
        return {};
    n.refunded = true;
    money(p).move(now_, n.price, "refund of number " + std::to_string(n.id));
    return n.price;
}

sms_queue& world::send(protocol_id p, sms_queue queue, bool pays_for_undelivered)
{
    auto& book = p == protocol_id::toplusms ? toplusms_sends : iletimerkezi_sends;
    queue.pace = settings_.delivery_after;
    queue.undelivered_tail = std::min(queue.undelivered_tail, queue.numbers.size());
    auto& q = book.add(std::move(queue));
    money(p).move(now_, decimal() - q.charge, "send " + std::to_string(q.id));
    if (!pays_for_undelivered || q.undelivered_tail == 0)
        return q;
    coming.at(q.due + q.pace, [this, p, id = q.id, &book](wall_point due) {
        auto* done = book.find(id);
        if (done->cancelled)
            return;
        now_ = std::max(now_, due);
        done->refunded = done->charge.times(static_cast<std::int64_t>(done->undelivered_tail),
                                            static_cast<std::int64_t>(done->numbers.size()));
        money(p).move(due, done->refunded, "not delivered of " + std::to_string(id));
        remember(p, "_undelivered", refund_of(id, "refund", done->refunded, money(p).unit()));
    });
    return q;
}

decimal world::call_off(protocol_id p, sms_queue& queue)
{
    queue.cancelled = true;
    queue.refunded = queue.charge;
    money(p).move(now_, queue.charge, "cancelled " + std::to_string(queue.id));
    return queue.charge;
}

panel_order& world::order(panel_order wanted)
{
    wanted.ordered = now_;
    wanted.pace = settings_.order_after;
    auto& o = panel_orders.add(std::move(wanted));
    money(protocol_id::panel).move(now_, decimal() - o.charge, "order " + std::to_string(o.id));
    if (o.end != panel_end::partial && o.end != panel_end::canceled)
        return o;
    coming.at(o.ordered + o.pace, [this, id = o.id](wall_point due) {
        now_ = std::max(now_, due);
        auto* done = panel_orders.find(id);
        auto left = done->end == panel_end::canceled ? done->quantity : done->left_at_end;
        auto back =
            done->refund_missing ? decimal() : done->charge.times(left, std::max<std::int64_t>(1, done->quantity));
        done->charge = done->charge - back;
        money(protocol_id::panel).move(due, back, "refund of order " + std::to_string(id));
        remember(protocol_id::panel, "_refund", refund_of(id, "refund", back, "USD"));
    });
    return o;
}

std::optional<std::chrono::milliseconds> read_delay(std::string_view text)
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
