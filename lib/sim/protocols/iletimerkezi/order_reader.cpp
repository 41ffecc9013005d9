#include "sim/protocols/iletimerkezi/order_reader.hpp"

#include "core/sms_text.hpp"
#include "core/text.hpp"
#include "sim/detail/civil_time.hpp"
#include "sim/detail/recipients.hpp"
#include "sim/detail/strict.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::sim::iletimerkezi {

std::vector<std::uint64_t> sms_order::numbers() const
{
    std::vector<std::uint64_t> all;
    for (const auto& m : messages)
        all.insert(all.end(), m.numbers.begin(), m.numbers.end());
    return all;
}

std::int64_t sms_order::credits() const
{
    std::int64_t sum = 0;
    for (const auto& m : messages)
        sum += m.segments * static_cast<std::int64_t>(m.numbers.size());
    return sum;
}

namespace {

constexpr std::size_t max_segments = 7; // error 453
constexpr std::size_t max_recipients = 50'000;

error_code read_sender(call& c, const boost::json::object& order, sms_order& w)
{
    w.sender = strict::text_of(c, order, "sender").value_or("");
    if (w.sender.empty())
        return 459;
    if (!is_sender_well_formed(w.sender)) {
        c.add_mistake("the sender \"" + printable(w.sender, 40) +
                      "\" is not 3 to 11 ASCII letters, digits, blanks or *-.");
        return 460;
    }
    return is_sender_approved(c, w.sender) ? 0 : 450;
}

/// An array with one text, or a text; empty means now. The real server does not recognise a date with seconds and sends
/// at once.
error_code read_due(call& c, const boost::json::object& order, sms_order& w)
{
    w.due = c.now();
    auto* v = order.if_contains("sendDateTime");
    if (v && v->is_array())
        v = v->as_array().empty() ? nullptr : &v->as_array().front();
    if (!v || v->is_null() || (v->is_string() && v->as_string().empty()))
        return 0;
    std::string text = v->is_string() ? std::string(v->as_string()) : std::string();
    if (parse_turkish_time(text, "d/m/Y H:i:s")) {
        c.add_mistake("sendDateTime has seconds: the server ignores such a date and sends at once");
        return 0;
    }
    auto due = parse_turkish_time(text, "d/m/Y H:i");
    if (!due) {
        c.add_mistake("sendDateTime \"" + printable(text, 30) + "\" is not d/m/Y H:i");
        return 457;
    }
    w.scheduled = *due > c.now();
    w.due = std::max(*due, c.now());
    return 0;
}

error_code read_iys(call& c, const boost::json::object& order, sms_order& w)
{
    auto iys = strict::text_of(c, order, "iys");
    if (!iys) {
        c.add_mistake("\"iys\" is missing in \"order\"");
        return 468;
    }
    w.iys = *iys;
    w.iys_list = strict::text_of(c, order, "iysList").value_or("");
    if (w.iys != "0" && w.iys != "1") {
        c.add_mistake("iys is \"" + printable(w.iys, 20) + "\"; the document knows \"0\" and \"1\"");
        return 468;
    }
    return w.iys == "1" && w.iys_list != "BIREYSEL" && w.iys_list != "TACIR" ? 469 : 0;
}

error_code read_numbers(call& c, const boost::json::value& list, message& m)
{
    auto take = [&](const boost::json::value& v) {
        if (!v.is_string())
            c.add_mistake("a number is a JSON " + std::string(boost::json::to_string(v.kind())) +
                          " where the document shows a string");
        std::string text = v.is_string() ? std::string(v.as_string()) : boost::json::serialize(v);
        auto n = parse_loose_number(text);
        if (n && !c.account.messages->blacklist.contains(std::to_string(*n)))
            m.numbers.push_back(*n);
        if (!n)
            c.add_mistake("the number " + masked_number(text) + " cannot be brought to ten digits that begin with 5");
        return n.has_value();
    };
    bool sound = true;
    if (list.is_array())
        for (const auto& v : list.as_array())
            sound = take(v) && sound;
    else
        sound = take(list);
    return sound ? 0 : 452;
}

error_code read_message(call& c, const boost::json::value& v, sms_order& w)
{
    if (!v.is_object())
        return 400;
    const auto& o = v.as_object();
    strict::allow_only_keys(c, o, "message", {"text", "receipents"});
    message m;
    m.text = strict::text_of(c, o, "text").value_or("");
    if (m.text.empty())
        return 454;
    if (auto shape = measure_sms(m.text))
        m.segments = static_cast<std::int64_t>(shape->segments);
    if (m.segments > static_cast<std::int64_t>(max_segments))
        return 453;
    auto* r = o.if_contains("receipents");
    if (!r || !r->is_object() || !r->as_object().contains("number")) {
        c.add_mistake("\"receipents\": {\"number\": [...]} is missing in \"message\"");
        return 452;
    }
    strict::allow_only_keys(c, r->as_object(), "receipents", {"number"});
    if (auto problem = read_numbers(c, r->as_object().at("number"), m))
        return problem;
    w.messages.push_back(std::move(m));
    return 0;
}

error_code read_messages(call& c, const boost::json::object& order, sms_order& w)
{
    auto* v = order.if_contains("message");
    if (!v)
        return 454;
    if (!v->is_array())
        return read_message(c, *v, w);
    for (const auto& one : v->as_array())
        if (auto problem = read_message(c, one, w))
            return problem;
    return w.messages.empty() ? 454 : 0;
}

} // namespace

error_code read_order(call& c, const boost::json::object& order, sms_order& w)
{
    strict::allow_only_keys(c, order, "order", {"sender", "sendDateTime", "iys", "iysList", "message"});
    for (auto read : {read_sender, read_messages, read_due, read_iys})
        if (auto problem = read(c, order, w))
            return problem;
    auto all = w.numbers();
    check_duplicates(c, all);
    if (all.size() > max_recipients) {
        c.add_mistake(std::to_string(all.size()) + " recipients in one order; 50,000 are allowed");
        return 453;
    }
    return all.empty() ? 452 : 0;
}

} // namespace ulak::sim::iletimerkezi
