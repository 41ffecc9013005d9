#include "sim/protocols/iletimerkezi/order_lookup.hpp"

namespace ulak::sim::iletimerkezi {

sms_queue* find_order(call& c, const boost::json::object*& order)
{
    auto* v = c.json_body.if_contains("order");
    if (!v || !v->is_object())
        return nullptr;
    order = &v->as_object();
    auto* given = order->if_contains("id"); // the document shows both kinds
    auto id = !given               ? std::nullopt
              : given->is_string() ? parse_id(std::string_view(given->as_string()))
              : given->is_int64()  ? std::optional<std::uint64_t>(static_cast<std::uint64_t>(given->as_int64()))
                                   : std::nullopt;
    if (!id)
        c.add_mistake("\"id\" in \"order\" is missing or no number");
    return id ? c.account.messages->sends.find(*id) : nullptr;
}

} // namespace ulak::sim::iletimerkezi
