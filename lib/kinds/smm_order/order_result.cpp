#include "kinds/smm_order/order_result.hpp"

#include "core/text.hpp"

namespace ulak::kinds::smm {

boost::json::object result_json(const progress& p, const std::optional<providers::panel_status>& seen)
{
    boost::json::object o;
    o["order"] = p.order;
    o["status"] = nullptr;
    o["charge"] = nullptr;
    o["remains"] = nullptr;
    o["currency"] = nullptr;
    if (!seen)
        return o;
    o["status"] = printable(seen->provider_status, 40);
    if (seen->charge)
        o["charge"] = money(*seen->charge, seen->currency).amount_text();
    if (seen->remains)
        o["remains"] = *seen->remains;
    if (!seen->currency.empty())
        o["currency"] = seen->currency;
    else if (p.cost)
        o["currency"] = p.cost->unit;
    return o;
}

} // namespace ulak::kinds::smm
