#include "providers/iletimerkezi/wire.hpp"

#include "http/auth.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace ulak::providers::iletimerkezi::wire {
namespace {

using boost::json::object;

constexpr std::size_t list_body = 1024 * 1024;

// Keys keep their order, so that the same order gives the same bytes. A label is "iletimerkezi." and the call's name.
http::request call(const login& l, std::string_view label, object rest = {})
{
    const std::string name(label.substr(label.find('.') + 1));
    object inner;
    inner["authentication"] = object{{"key", l.key}, {"hash", l.hash}};
    for (auto& member : rest)
        inner[member.key()] = std::move(member.value());
    object outer;
    outer["request"] = std::move(inner);
    http::request r(http::method::post, "/" + name + "/json", label);
    r.headers.emplace_back("Content-Type", "application/json");
    r.body = boost::json::serialize(outer);
    return r;
}

http::request list(const login& l, std::string_view label, object rest)
{
    auto r = call(l, label, std::move(rest));
    r.max_body = list_body;
    return r;
}

// "receipents" is the real name, and it stands inside "message".
object message_of(const std::string& text, const std::vector<phone>& to)
{
    boost::json::array numbers;
    for (const auto& number : to)
        numbers.emplace_back(number.digits());
    object receipents;
    receipents["number"] = std::move(numbers);
    object message;
    message["text"] = text;
    message["receipents"] = std::move(receipents);
    return message;
}

// Of one text an object, of several an array of such.
boost::json::value messages_of(const sms_order& order)
{
    if (order.further.empty())
        return message_of(order.text, order.numbers);
    boost::json::array all;
    all.push_back(message_of(order.text, order.numbers));
    for (const sms_text& t : order.further)
        all.push_back(message_of(t.text, t.numbers));
    return all;
}

object about_blacklist(const phone& number)
{
    object inner;
    inner["number"] = number.digits();
    object rest;
    rest["blacklist"] = std::move(inner);
    return rest;
}

} // namespace

std::string hash_of(std::string_view key, std::string_view secret_key)
{
    return http::hmac_sha256_hex(secret_key, key);
}

http::request get_balance(const login& l)
{
    return call(l, "iletimerkezi.get-balance");
}

http::request send_sms(const login& l, const sms_order& order)
{
    object o;
    o["sender"] = order.sender;
    o["sendDateTime"] = ""; // now; the server ignores a time with seconds and sends at once, too
    o["iys"] = order.commercial ? "1" : "0";
    o["iysList"] = order.commercial ? std::string_view(order.recipient_type) : std::string_view("BIREYSEL");
    o["message"] = messages_of(order);
    object rest;
    rest["order"] = std::move(o);
    return call(l, "iletimerkezi.send-sms", std::move(rest));
}

http::request get_report(const login& l, std::string_view order_id, int page)
{
    object o;
    o["id"] = order_id;
    o["page"] = page;
    o["rowCount"] = report_page_size;
    object rest;
    rest["order"] = std::move(o);
    return list(l, "iletimerkezi.get-report", std::move(rest));
}

http::request cancel_order(const login& l, std::string_view order_id)
{
    object rest;
    rest["order"] = object{{"id", order_id}};
    return call(l, "iletimerkezi.cancel-order", std::move(rest));
}

http::request get_reports(const login& l, std::string_view start, std::string_view end, int page)
{
    object rest;
    rest["filter"] = object{{"start", start}, {"end", end}, {"page", page}};
    return list(l, "iletimerkezi.get-reports", std::move(rest));
}

http::request get_sender(const login& l)
{
    return call(l, "iletimerkezi.get-sender");
}

http::request get_blacklist(const login& l, std::string_view start, std::string_view end, int page)
{
    object inner;
    if (!start.empty() || !end.empty())
        inner["filter"] = object{{"start", start}, {"end", end}};
    inner["page"] = page;
    inner["rowCount"] = report_page_size;
    object rest;
    rest["blacklist"] = std::move(inner);
    return list(l, "iletimerkezi.get-blacklist", std::move(rest));
}

http::request add_blacklist(const login& l, const phone& number)
{
    return call(l, "iletimerkezi.add-blacklist", about_blacklist(number));
}

http::request delete_blacklist(const login& l, const phone& number)
{
    return call(l, "iletimerkezi.delete-blacklist", about_blacklist(number));
}

result<void> check_order(const sms_order& order)
{
    bool complete = !order.text.empty() && !order.numbers.empty();
    for (const sms_text& t : order.further)
        complete = complete && !t.text.empty() && !t.numbers.empty();
    if (order.recipients() == 0 || order.recipients() > max_recipients)
        return error(errc::invalid_argument, "iletimerkezi: " + std::to_string(order.recipients()) +
                                                 " numbers in one order, 1 to 50000 are possible");
    if (!complete || order.sender.empty())
        return error(errc::invalid_argument, "iletimerkezi: an order needs a sender and a text");
    if (order.commercial && order.recipient_type != "BIREYSEL" && order.recipient_type != "TACIR")
        return error(errc::invalid_argument,
                     "iletimerkezi: a commercial message needs its recipients' type, BIREYSEL or TACIR");
    return {};
}

} // namespace ulak::providers::iletimerkezi::wire
