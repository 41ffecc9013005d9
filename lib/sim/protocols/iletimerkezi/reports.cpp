#include "sim/protocols/iletimerkezi/reports.hpp"

#include "sim/detail/civil_time.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/iletimerkezi/order_lookup.hpp"
#include "sim/protocols/iletimerkezi/page.hpp"
#include "sim/protocols/iletimerkezi/replies.hpp"

#include <algorithm>

namespace ulak::sim::iletimerkezi {
namespace {

constexpr std::size_t orders_per_page = 30;
constexpr std::chrono::days longest_range{10}; // error 458

int order_status(const sms_queue& q, const delivery_tally& t)
{
    if (q.cancelled)
        return 115;
    return t.complete() ? 114 : 113;
}

int message_status(delivery d)
{
    if (d == delivery::delivered)
        return 111;
    return d == delivery::undelivered ? 112 : 110;
}

json::value count(std::size_t n)
{
    return json::number(static_cast<std::int64_t>(n));
}

std::vector<json::member> summary(call& c, const sms_queue& q)
{
    auto t = q.tally(c.now());
    return {{"id", json::numeral(static_cast<std::int64_t>(q.id), c.fault("ids-text").has_value())},
            {"status", json::number(order_status(q, t))},
            {"total", count(t.total())},
            {"delivered", count(t.delivered)},
            {"undelivered", count(t.undelivered)},
            {"waiting", count(t.waiting + t.sent)},
            {"submitAt", json::text(turkish_time(q.submitted_at))},
            {"sendAt", json::text(turkish_time(q.due_at))},
            {"sender", json::text(q.sender)}};
}

json::value messages(call& c, const sms_queue& q, const page& p)
{
    auto missed = static_cast<std::size_t>(c.fault_number("report-misses-number", 1).value_or(0));
    bool integers = c.fault("numbers-int").has_value();
    auto last = std::min(p.number * p.rows, q.numbers.size() - std::min(q.numbers.size(), missed));
    std::vector<json::value> out;
    for (auto i = (p.number - 1) * p.rows; i < last; ++i) {
        auto digits = std::to_string(q.numbers[i]);
        out.push_back(json::object({{"number", integers ? digits : json::text("+90" + digits)},
                                    {"status", json::number(message_status(q.state(i, c.now())))}}));
    }
    return json::array(out);
}

struct time_range {
    wall_point from{};
    wall_point to{};
};

std::optional<time_range> read_range(call& c, const boost::json::object& filter)
{
    auto start = strict::text_of(c, filter, "start");
    auto end = strict::text_of(c, filter, "end");
    auto from = parse_turkish_time(start.value_or(""), "Y-m-d");
    auto to = parse_turkish_time(end.value_or(""), "Y-m-d");
    if (!from || !to)
        c.add_mistake("start and end of \"filter\" are not both Y-m-d");
    if (!from || !to || *to < *from || *to - *from > longest_range)
        return std::nullopt;
    return time_range{*from, *to + std::chrono::days(1)};
}

} // namespace

http::reply get_report(call& c)
{
    strict::allow_only_keys(c, c.json_body, "request", {"authentication", "order"});
    const boost::json::object* order = nullptr;
    auto* q = find_order(c, order);
    if (!q)
        return respond(c, 455);
    strict::allow_only_keys(c, *order, "order", {"id", "page", "rowCount"});
    auto p = read_page(c, *order, max_rows);
    if (!p)
        return respond(c, 464);
    if (p->rows > max_rows)
        return respond(c, 422);
    if (!q->cancelled && c.now() < q->due_at)
        return respond(c, 456);
    auto members = summary(c, *q);
    members.emplace_back("price", json::text((q->charge - q->refunded).text()));
    members.emplace_back("message", messages(c, *q, *p));
    c.accept();
    return respond(c, 200, {{"order", json::object(members)}});
}

http::reply get_reports(call& c)
{
    strict::allow_only_keys(c, c.json_body, "request", {"authentication", "filter", "page"});
    auto* v = c.json_body.if_contains("filter");
    if (!v || !v->is_object())
        return respond(c, 400);
    const auto& filter = v->as_object();
    strict::allow_only_keys(c, filter, "filter", {"start", "end", "page"});
    auto asked = read_range(c, filter);
    if (!asked)
        return respond(c, 458);
    auto p = read_page(c, filter.contains("page") ? filter : c.json_body, orders_per_page);
    if (!p)
        return respond(c, 464);
    std::vector<json::value> shown;
    std::size_t matching = 0;
    const auto& ids = c.account.messages->sends.ids(); // oldest first, so a search by time finds the first one
    auto first = std::partition_point(ids.begin(), ids.end(), [&](std::uint64_t id) {
        return c.account.messages->sends.find(id)->submitted_at < asked->from;
    });
    for (auto id = first; id != ids.end(); ++id, ++matching) {
        const auto* q = c.account.messages->sends.find(*id);
        if (q->submitted_at >= asked->to)
            break;
        if (matching / orders_per_page + 1 == p->number)
            shown.push_back(json::object(summary(c, *q)));
    }
    c.accept();
    return respond(c, 200, {{"count", count(matching)}, {"orders", json::array(shown)}});
}

} // namespace ulak::sim::iletimerkezi
