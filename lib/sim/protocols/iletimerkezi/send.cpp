#include "sim/protocols/iletimerkezi/send.hpp"

#include "http/auth.hpp"
#include "sim/detail/recipients.hpp"
#include "sim/detail/sms_delivery.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/iletimerkezi/order_lookup.hpp"
#include "sim/protocols/iletimerkezi/order_reader.hpp"
#include "sim/protocols/iletimerkezi/replies.hpp"

#include <algorithm>

namespace ulak::sim::iletimerkezi {
namespace {

constexpr std::chrono::minutes duplicate_window{10}; // error 451

std::string digest_of(const sms_order& w)
{
    std::string all;
    for (const auto& m : w.messages) {
        auto sorted = m.numbers;
        std::sort(sorted.begin(), sorted.end());
        all += m.text;
        for (auto n : sorted)
            all += '\n' + std::to_string(n);
    }
    return http::sha256_hex(all);
}

/// True for the first order of its content within the window. The document says nothing about scheduled orders, so they
/// pass.
bool is_not_a_duplicate(call& c, const sms_order& w)
{
    if (w.scheduled)
        return true;
    auto digest = digest_of(w);
    if (!c.account.messages->recent_sends.insert(digest).second)
        return false;
    c.world.schedule(c.now() + duplicate_window,
                     [&sends = c.account.messages->recent_sends, digest] { sends.erase(digest); });
    return true;
}

/// Who gets which text.
json::value describe_messages(const sms_order& w)
{
    std::vector<json::value> all;
    for (const auto& m : w.messages)
        all.push_back(json::object({{"text", json::text(m.text)}, {"recipients", number_texts(m.numbers)}}));
    return json::array(all);
}

json::value describe_effect(const call& c, const sms_queue& q, const sms_order& w)
{
    std::vector<std::string> texts;
    for (const auto& m : w.messages)
        texts.push_back(m.text);
    return json::object({{"kind", json::text("sms")},
                         {"id", json::text(std::to_string(q.id))},
                         {"amount", json::text(q.charge.text())},
                         {"unit", json::text(c.account.money.unit())},
                         {"recipients", number_texts(q.numbers)},
                         {"text", json::text(q.text)},
                         {"texts", json::texts(texts)},
                         {"messages", describe_messages(w)},
                         {"sender", json::text(q.sender)},
                         {"encoding", json::null},
                         {"segments", json::number(w.messages.front().segments)},
                         {"iys", json::text(w.iys)},
                         {"iysList", json::text(w.iys_list)},
                         {"due", w.scheduled ? json::text(rfc3339(w.due)) : json::null}});
}

const sms_queue& accept_order(call& c, const sms_order& w)
{
    sms_queue q;
    q.submitted_at = c.now();
    q.due_at = w.due;
    q.sender = w.sender;
    q.text = w.messages.front().text;
    q.numbers = w.numbers();
    q.charge = decimal::from_integer(w.credits());
    q.never_completes = c.fault("report-never-completes").has_value();
    q.undelivered_tail = static_cast<std::size_t>(c.fault_number("undelivered", 1).value_or(0));
    if (auto lost = c.fault_number("drops-number", 1))
        q.numbers.resize(q.numbers.size() - std::min(q.numbers.size(), static_cast<std::size_t>(*lost)));
    return accept_send(c.world, c.account, std::move(q), true);
}

json::value describe_refund(call& c, const sms_queue& q, decimal back)
{
    return json::object({{"kind", json::text("refund")},
                         {"id", json::text(std::to_string(q.id))},
                         {"amount", json::text((decimal() - back).text())},
                         {"unit", json::text(c.account.money.unit())}});
}

} // namespace

http::reply send_sms(call& c)
{
    strict::allow_only_keys(c, c.json_body, "request", {"authentication", "order"});
    auto* order = c.json_body.if_contains("order");
    if (!order || !order->is_object())
        return respond(c, 400);
    sms_order w;
    if (auto problem = read_order(c, order->as_object(), w))
        return respond(c, problem);
    if (c.fault("no-balance") || !c.account.money.covers(decimal::from_integer(w.credits())))
        return respond(c, 402);
    if (!is_not_a_duplicate(c, w))
        return respond(c, 451);
    const auto& q = accept_order(c, w);
    c.accept(describe_effect(c, q, w));
    if (c.fault("queue-id-missing"))
        return respond(c, 200, {}, true);
    bool number_id = c.fault("ids-int").has_value();
    auto id = json::object({{"id", json::numeral(static_cast<std::int64_t>(q.id), !number_id)}});
    return respond(c, 200, {{"order", id}}, true);
}

http::reply cancel_order(call& c)
{
    strict::allow_only_keys(c, c.json_body, "request", {"authentication", "order"});
    const boost::json::object* order = nullptr;
    auto* q = find_order(c, order);
    if (!q || q->cancelled || q->due_at <= c.now() || c.fault("cancel-refused"))
        return respond(c, 455);
    auto back = cancel_send(c.world, c.account, *q);
    c.accept(describe_refund(c, *q, back));
    return respond(c, 200, {}, true);
}

} // namespace ulak::sim::iletimerkezi
