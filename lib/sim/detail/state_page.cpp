#include "sim/detail/state_page.hpp"

#include <algorithm>

namespace ulak::sim::admin {
namespace {

json::value id_text(std::uint64_t id)
{
    return json::text(std::to_string(id));
}

json::value json_count(std::size_t n)
{
    return json::number(static_cast<std::int64_t>(n));
}

/// The newest `limit` of a book, newest first.
template<class Book, class Describe>
json::value newest(Book& book, std::size_t limit, Describe describe)
{
    std::vector<json::value> out;
    const auto& ids = book.ids();
    for (auto i = ids.size(); i > 0 && out.size() < limit; --i)
        out.push_back(describe(*book.find(ids[i - 1])));
    return json::array(out);
}

json::value describe_number(const rented_number& n)
{
    return json::object({{"id", id_text(n.id)},
                         {"service", json::number(n.service)},
                         {"number", json::text(n.number)},
                         {"price", json::text(n.price.text(2))},
                         {"state", json::text(name(n.state))},
                         {"code", n.state == number_state::received ? json::text(n.code) : json::null},
                         {"refunded", json::truth(n.refunded)},
                         {"ordered_at", json::text(rfc3339(n.ordered_at))},
                         {"expires_at", json::text(rfc3339(n.expires_at))}});
}

json::value describe_send(const sms_queue& q, wall_point now)
{
    auto t = q.tally(now);
    return json::object({{"id", id_text(q.id)},
                         {"sender", json::text(q.sender)},
                         {"text", json::text(q.text)},
                         {"charge", json::text(q.charge.text())},
                         {"refunded", json::text(q.refunded.text())},
                         {"cancelled", json::truth(q.cancelled)},
                         {"due", json::text(rfc3339(q.due_at))},
                         {"total", json_count(t.total())},
                         {"delivered", json_count(t.delivered)},
                         {"undelivered", json_count(t.undelivered)},
                         {"waiting", json_count(t.waiting + t.sent)}});
}

json::value describe_order(const panel_order& o, wall_point now)
{
    return json::object({{"id", id_text(o.id)},
                         {"service", json::number(o.service)},
                         {"link", json::text(o.link)},
                         {"quantity", json::number(o.quantity)},
                         {"charge", json::text(o.charge.text())},
                         {"status", json::text(o.status(now))},
                         {"remains", json::number(o.remains(now))}});
}

json::value describe_fault(const fault& f)
{
    bool forever = f.times == fault::for_ever;
    return json::object({{"protocol", json::text(f.protocol)},
                         {"operation", json::text(f.operation)},
                         {"what", json::text(f.kind)},
                         {"parameter", json::text(f.parameter)},
                         {"times", forever ? json::null : json_count(f.times)},
                         {"after", json_count(f.after)}});
}

json::value balances(world_state& w)
{
    std::vector<json::member> out;
    for (const auto& a : w.accounts())
        out.emplace_back(a->protocol.name, json::object({{"amount", json::text(a->money.balance().text())},
                                                         {"unit", json::text(a->money.unit())}}));
    return json::object(out);
}

json::value count_waiting(number_book& numbers)
{
    const auto& ids = numbers.ids();
    auto open = std::count_if(ids.begin(), ids.end(),
                              [&](std::uint64_t id) { return numbers.find(id)->state == number_state::waiting; });
    return json::number(open);
}

/// What the accounts of one kind hold, by the names of their protocols.
struct account_lists {
    std::vector<json::member> waiting{}, numbers{}, sends{};
    json::value orders = json::array({}); ///< of the panel, without its name
};

account_lists describe_accounts(world_state& w, std::size_t limit)
{
    auto send = [now = w.now()](const sms_queue& q) { return describe_send(q, now); };
    auto order = [now = w.now()](const panel_order& o) { return describe_order(o, now); };
    account_lists lists;
    for (const auto& a : w.accounts()) {
        if (a->numbers) {
            lists.waiting.emplace_back(a->protocol.name, count_waiting(a->numbers->numbers));
            lists.numbers.emplace_back(a->protocol.name, newest(a->numbers->numbers, limit, describe_number));
        }
        if (a->messages)
            lists.sends.emplace_back(a->protocol.name, newest(a->messages->sends, limit, send));
        if (a->panel)
            lists.orders = newest(a->panel->orders, limit, order);
    }
    return lists;
}

} // namespace

std::string describe_state(world_state& w, std::size_t limit)
{
    std::vector<json::value> faults;
    for (const auto& f : w.faults.active())
        faults.push_back(describe_fault(f));
    const auto lists = describe_accounts(w, limit);
    return json::object(
        {{"now", json::text(rfc3339(w.now()))},
         {"balances", balances(w)},
         {"ledger", json::object({{"last", json::number(static_cast<std::int64_t>(w.log.last_number()))},
                                  {"mistakes", json::number(static_cast<std::int64_t>(w.log.mistake_count()))}})},
         {"numbers_waiting", json::object(lists.waiting)},
         {"numbers", json::object(lists.numbers)},
         {"sends", json::object(lists.sends)},
         {"orders", lists.orders},
         {"faults", json::array(faults)}});
}

} // namespace ulak::sim::admin
