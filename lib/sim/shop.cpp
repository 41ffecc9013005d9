#include "sim/shop.hpp"

namespace ulak::sim {
namespace {

json::value effect_of(call& c, const rented_number& n, decimal charged)
{
    return json::object({{"kind", json::text("number")},
                         {"id", json::text(std::to_string(n.id))},
                         {"amount", json::text(charged.text(2))},
                         {"unit", json::text(c.money().unit())},
                         {"service", json::text(std::to_string(n.service))},
                         {"number", json::text(n.number)},
                         {"operator", n.operator_name.empty() ? json::null : json::text(n.operator_name)},
                         {"forward", json::truth(n.forward)}});
}

decimal charge_for(call& c, const number_service& service)
{
    auto charge = service.price;
    if (auto other = c.fault("price"))
        if (auto amount = decimal::parse(*other))
            charge = *amount;
    return c.fault("charged-twice") ? charge.times(2) : charge;
}

/// "3": the first three times; "90s": in the first 90 seconds; nothing: always.
bool refused_by_fault(call& c, rented_number& n)
{
    auto rule = c.fault("cancel-refused");
    if (!rule)
        return false;
    if (auto times = read_id(*rule))
        return n.cancels_refused < *times;
    if (auto young = read_delay(*rule); young && !rule->empty())
        return c.now() < n.ordered + *young;
    return true;
}

json::value refund_effect(call& c, const rented_number& n, decimal back)
{
    return json::object({{"kind", json::text("refund")},
                         {"id", json::text(std::to_string(n.id))},
                         {"amount", json::text((decimal() - back).text(2))},
                         {"unit", json::text(c.money().unit())}});
}

} // namespace

number_plan plan_of(call& c)
{
    number_plan plan;
    plan.sms_after = c.here.settings().otp_after;
    if (auto late = c.fault("sms-late"))
        plan.sms_after = read_delay(*late).value_or(*plan.sms_after);
    if (c.fault("sms-never"))
        plan.sms_after.reset();
    if (auto says = c.fault("sms-at-cancel")) {
        plan.sms_after.reset();
        plan.sms_at_cancel = true;
        plan.cancel_says_true = *says == "true";
    }
    if (auto dies = c.fault("number-dies"))
        plan.dies_after = read_delay(*dies).value_or(std::chrono::milliseconds(0));
    plan.refund_missing = c.fault("refund-missing").has_value();
    return plan;
}

ordered order_number(call& c, std::int64_t service_id, rented_number wanted)
{
    auto* service = c.here.shop(c.protocol).catalog.find(service_id);
    if (!service)
        return {};
    if (c.fault("no-stock") || service->stock <= 0)
        return {nullptr, order_refusal::no_stock};
    auto charge = charge_for(c, *service);
    if (c.fault("no-balance") || !c.money().covers(charge))
        return {nullptr, order_refusal::no_money};
    wanted.plan = plan_of(c);
    auto& n = c.here.rent(c.protocol, *service, charge, std::move(wanted));
    c.accept(effect_of(c, n, charge));
    return {&n};
}

cancel_outcome cancel_number(call& c, rented_number& n)
{
    if (n.state == number_state::received)
        return cancel_outcome::refused;
    if (n.state != number_state::waiting)
        return cancel_outcome::gone;
    auto at_cancel = c.fault("sms-at-cancel");
    if (at_cancel || n.plan.sms_at_cancel) {
        c.here.receive(n);
        bool says_true = at_cancel ? *at_cancel == "true" : n.plan.cancel_says_true;
        return says_true ? cancel_outcome::says_true_but_code : cancel_outcome::refused;
    }
    if (refused_by_fault(c, n) || c.now() > n.ordered + c.here.settings().refund_window) {
        ++n.cancels_refused;
        return cancel_outcome::refused;
    }
    n.plan.refund_missing = n.plan.refund_missing || c.fault("refund-missing").has_value();
    c.accept(refund_effect(c, n, c.here.give_back(c.protocol, n, number_state::cancelled)));
    return cancel_outcome::refunded;
}

} // namespace ulak::sim
