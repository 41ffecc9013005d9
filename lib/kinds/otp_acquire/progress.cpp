#include "kinds/otp_acquire/progress.hpp"

#include "core/json_text.hpp"
#include "kinds/json_fields.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <utility>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;

// The keys of a boot's id and the milliseconds since it began are optional: older versions wrote none.

void put_boot(json::object& o, const boot_moment& at)
{
    if (at.boot_id.empty())
        return;
    o["boot"] = at.boot_id;
    o["boot_ms"] = at.since_boot.count();
}

boot_moment boot_from(const json::object& o)
{
    return boot_moment{text_field(o, "boot"), age(integer_field(o, "boot_ms"))};
}

json::object to_json(const held_number& n)
{
    json::object o;
    o["effect"] = n.effect.text();
    o["account"] = n.account;
    o["id"] = n.number_id;
    o["number"] = n.number;
    o["candidate"] = n.candidate;
    o["price"] = n.price.text();
    put_money(o, "before", n.balance_before);
    o["ordered_at"] = unix_ms(n.times.ordered_at);
    if (n.times.told_at)
        o["told_at"] = unix_ms(*n.times.told_at);
    put_boot(o, n.times.boot);
    if (n.times.known_age > age(0))
        o["age"] = n.times.known_age.count();
    o["machine"] = to_json(n.machine_state);
    return o;
}

result<held_number> number_from(const json::object& o)
{
    held_number n;
    n.effect = effect_id(text_field(o, "effect"));
    n.account = text_field(o, "account");
    n.number_id = text_field(o, "id");
    n.number = text_field(o, "number");
    n.candidate = static_cast<std::size_t>(integer_field(o, "candidate"));
    n.price = money_field(o, "price").value_or(money());
    n.balance_before = money_field(o, "before");
    n.times.ordered_at = from_unix_ms(integer_field(o, "ordered_at"));
    if (o.contains("told_at"))
        n.times.told_at = from_unix_ms(integer_field(o, "told_at"));
    n.times.boot = boot_from(o);
    n.times.known_age = std::max(age(0), age(integer_field(o, "age")));
    const auto* machine = o.if_contains("machine");
    if (!machine || !machine->is_object())
        return error(errc::contract, "the progress of a number cannot be read");
    auto s = state_from(machine->get_object());
    if (!s)
        return s.error();
    n.machine_state = *s;
    return n;
}

/// Nothing if it is no array. Elements that are no text are left out.
std::optional<std::vector<std::string>> texts_field(const json::object& o, std::string_view key)
{
    const auto* list = o.if_contains(key);
    if (!list || !list->is_array())
        return std::nullopt;
    std::vector<std::string> all;
    for (const json::value& v : list->get_array())
        if (v.is_string())
            all.emplace_back(v.get_string());
    return all;
}

} // namespace

void hold_number(progress& p, held_number n, std::size_t candidates)
{
    ++p.numbers_bought;
    p.adopted_purchase = p.purchases;
    p.next_candidate = (n.candidate + 1) % candidates;
    p.held = std::move(n);
}

json::object to_json(const progress& p)
{
    json::object o;
    o["tries"] = p.purchases;
    o["taken"] = p.adopted_purchase;
    o["bought"] = p.numbers_bought;
    o["next"] = p.next_candidate;
    o["at_risk"] = p.at_risk;
    o["by_person"] = p.cancel_requested;
    o["delivered"] = p.delivered;
    put_boot(o, p.booked);
    put_balance(o, p.balance_before);
    o["candidate"] = p.candidate;
    o["service"] = p.service;
    o["operator"] = p.operator_name;
    if (p.price_unknown)
        o["unpriced"] = true;
    if (p.listed_before)
        o["known"] = json::array(p.listed_before->begin(), p.listed_before->end());
    if (p.held)
        o["number"] = to_json(*p.held);
    return o;
}

result<progress> progress_from(std::string_view text)
{
    auto o = parse_object(text);
    if (!o)
        return o.error();
    progress p;
    p.purchases = static_cast<int>(integer_field(*o, "tries"));
    p.adopted_purchase = static_cast<int>(integer_field(*o, "taken"));
    p.numbers_bought = static_cast<int>(integer_field(*o, "bought"));
    p.next_candidate = static_cast<std::size_t>(integer_field(*o, "next"));
    p.at_risk = bool_field(*o, "at_risk");
    p.cancel_requested = bool_field(*o, "by_person");
    p.delivered = bool_field(*o, "delivered");
    p.booked = boot_from(*o);
    p.balance_before = balance_field(*o);
    p.candidate = static_cast<std::size_t>(integer_field(*o, "candidate"));
    p.service = text_field(*o, "service");
    p.operator_name = text_field(*o, "operator");
    p.price_unknown = bool_field(*o, "unpriced");
    p.listed_before = texts_field(*o, "known");
    if (const auto* held = o->if_contains("number"); held && held->is_object()) {
        auto n = number_from(held->get_object());
        if (!n)
            return n.error();
        p.held = std::move(*n);
    }
    return p;
}

json::object result_json(const held_number& n, const std::optional<std::string>& code, bool late)
{
    json::object o;
    o["code"] = json_or_null(code);
    o["number"] = n.number;
    o["number_id"] = n.number_id;
    o["account"] = n.account;
    o["price"] = n.price.unit.empty() ? json::value(nullptr) : json::value(json::string(n.price.amount_text()));
    o["late"] = late;
    return o;
}

} // namespace ulak::kinds::otp
