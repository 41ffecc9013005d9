#include "sim/protocols/smmonayim_numbers/orders.hpp"

#include "sim/detail/number_orders.hpp"
#include "sim/protocols/smmonayim_numbers/replies.hpp"

namespace ulak::sim::smmonayim_numbers {
namespace {

json::value id_of(call& c, std::uint64_t id)
{
    return json::numeral(static_cast<std::int64_t>(id), c.fault("ids-text").has_value());
}

/// An integer, as in the document, so leading zeros are lost.
json::value code_of(call& c, const rented_number& n)
{
    if (c.fault("code-null"))
        return json::null;
    if (c.fault("code-empty"))
        return json::text("");
    if (c.fault("code-text-message"))
        return json::text(n.text);
    if (c.fault("code-raw-zero"))
        return n.code;
    if (c.fault("code-string") || !is_digits(n.code))
        return json::text(n.code);
    return json::number(std::stoll(n.code));
}

} // namespace

http::reply get_number(call& c)
{
    auto service = c.path_id(2);
    if (!service)
        c.add_mistake("the service id in the path is not a number");
    auto made = order_number(c, service ? static_cast<std::int64_t>(*service) : 0, rented_number());
    if (made.number)
        return json_reply(json::object({{"success", json::truth(true)},
                                        {"number_id", id_of(c, made.number->id)},
                                        {"number", json::text(made.number->number)}}));
    switch (made.refusal) {
    case order_refusal::no_stock: return refuse("Bu serviste numara kalmadı");
    case order_refusal::no_money: return refuse("Bakiyeniz yetersiz");
    case order_refusal::no_service: break;
    }
    return refuse("Servis bulunamadı");
}

http::reply get_message(call& c)
{
    auto id = c.path_id(2);
    auto* n = id ? c.account.numbers->numbers.find(*id) : nullptr;
    if (!n)
        return refuse("Numara bulunamadı");
    c.accept();
    bool here = n->state == number_state::received;
    auto status = here ? 1 : n->state == number_state::waiting ? 0 : -1;
    auto nothing = !here && c.fault("code-empty") ? json::text("") : json::null;
    return json_reply(json::object(
        {{"code", here ? code_of(c, *n) : nothing}, {"id", id_of(c, n->id)}, {"status", json::number(status)}}));
}

http::reply cancel_number(call& c)
{
    auto id = c.path_id(2);
    auto* n = id ? c.account.numbers->numbers.find(*id) : nullptr;
    if (!n)
        return refuse("Numara bulunamadı");
    switch (sim::cancel_number(c, *n)) {
    case cancel_outcome::refunded:
    case cancel_outcome::reported_success_but_received: return outcome_reply(true, "", "");
    case cancel_outcome::already_ended:
    case cancel_outcome::refused: break;
    }
    return outcome_reply(false, "Hata", "Numara iptal edilemedi");
}

/// A bare number, whole where it can be: 100
http::reply get_balance(call& c)
{
    c.accept();
    return json_reply(json::object({{"balance", c.account.money.balance().text()}}));
}

} // namespace ulak::sim::smmonayim_numbers
