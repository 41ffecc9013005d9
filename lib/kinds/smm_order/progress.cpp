#include "kinds/smm_order/progress.hpp"

#include "kinds/json_fields.hpp"

namespace ulak::kinds::smm {

boost::json::object to_json(const progress& p)
{
    boost::json::object o;
    o["account"] = p.account;
    o["link"] = p.link;
    o["asked"] = p.booked;
    o["order"] = p.order;
    o["effect"] = p.effect.text();
    o["quantity"] = p.quantity;
    o["drip"] = p.drip;
    put_money(o, "cost", p.cost);
    put_balance(o, p.balance_before);
    o["placed_at"] = unix_ms(p.placed_at);
    o["machine"] = to_json(p.machine_state);
    return o;
}

result<progress> progress_from(std::string_view text)
{
    auto o = parse_object(text);
    if (!o)
        return o.error();
    progress p;
    p.account = text_field(*o, "account");
    p.link = text_field(*o, "link");
    p.booked = bool_field(*o, "asked");
    p.order = text_field(*o, "order");
    p.effect = effect_id(text_field(*o, "effect"));
    p.quantity = integer_field(*o, "quantity");
    p.drip = bool_field(*o, "drip");
    p.cost = money_field(*o, "cost");
    p.balance_before = balance_field(*o);
    p.placed_at = from_unix_ms(integer_field(*o, "placed_at"));
    if (const auto* machine = o->if_contains("machine"); machine && machine->is_object())
        p.machine_state = state_from(machine->get_object());
    return p;
}

} // namespace ulak::kinds::smm
