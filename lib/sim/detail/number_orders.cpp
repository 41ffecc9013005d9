#include "sim/detail/number_orders.hpp"

#include "sim/detail/number_rental.hpp"

namespace ulak::sim {
namespace {

json::value describe_effect(call& c, const rented_number& n, decimal charged)
{
    return json::object({{"kind", json::text("number")},
                         {"id", json::text(std::to_string(n.id))},
                         {"amount", json::text(charged.text(2))},
                         {"unit", json::text(c.account.money.unit())},
                         {"service", json::text(std::to_string(n.service))},
                         {"number", json::text(n.number)},
                         {"operator", n.operator_name.empty() ? json::null : json::text(n.operator_name)},
                         {"forward", json::truth(n.forwarding)}});
}

decimal charge_for(call& c, const number_service& service)
{
    auto charge = service.price;
    if (auto other = c.fault("price"))
        if (auto amount = decimal::parse(*other))
            charge = *amount;
    return c.fault("charged-twice") ? charge.times(2) : charge;
}

/// "3": refuses the first three times; "90s": in the first 90 seconds; empty: always.
bool refused_by_fault(call& c, rented_number& n)
{
    auto rule = c.fault("cancel-refused");
    if (!rule)
        return false;
    if (auto times = parse_id(*rule))
        return n.cancels_refused < *times;
    if (auto young = parse_delay(*rule); young && !rule->empty())
        return c.now() < n.ordered_at + *young;
    return true;
}

json::value describe_refund(call& c, const rented_number& n, decimal back)
{
    return json::object({{"kind", json::text("refund")},
                         {"id", json::text(std::to_string(n.id))},
                         {"amount", json::text((decimal() - back).text(2))},
                         {"unit", json::text(c.account.money.unit())}});
}

} // namespace

number_plan plan_number(call& c)
{
    number_plan plan;
    plan.sms_after = c.world.settings().otp_after;
    if (auto late = c.fault("sms-late"))
        plan.sms_after = parse_delay(*late).value_or(*plan.sms_after);
    if (c.fault("sms-never"))
        plan.sms_after.reset();
    if (auto says = c.fault("sms-at-cancel")) {
        plan.sms_after.reset();
        plan.sms_at_cancel = true;
        plan.cancel_reports_success = *says == "true";
    }
    if (auto dies = c.fault("number-dies"))
        plan.dies_after = parse_delay(*dies).value_or(std::chrono::milliseconds(0));
    plan.refund_missing = c.fault("refund-missing").has_value();
    return plan;
}

order_result order_number(call& c, std::int64_t service_id, rented_number wanted)
{
    auto* service = c.account.numbers->catalog.find(service_id);
    if (!service)
        return {};
    if (c.fault("no-stock") || service->stock <= 0)
        return {nullptr, order_refusal::no_stock};
    auto charge = charge_for(c, *service);
    if (c.fault("no-balance") || !c.account.money.covers(charge))
        return {nullptr, order_refusal::no_money};
    wanted.plan = plan_number(c);
    auto& n = rent_number(c.world, c.account, *service, charge, std::move(wanted));
    c.accept(describe_effect(c, n, charge));
    return {&n};
}

cancel_outcome cancel_number(call& c, rented_number& n)
{
    if (n.state == number_state::received)
        return cancel_outcome::refused;
    if (n.state != number_state::waiting)
        return cancel_outcome::already_ended;
    auto at_cancel = c.fault("sms-at-cancel");
    if (at_cancel || n.plan.sms_at_cancel) {
        deliver_sms(n);
        bool says_true = at_cancel ? *at_cancel == "true" : n.plan.cancel_reports_success;
        return says_true ? cancel_outcome::reported_success_but_received : cancel_outcome::refused;
    }
    if (refused_by_fault(c, n) || c.now() > n.ordered_at + c.world.settings().refund_window) {
        ++n.cancels_refused;
        return cancel_outcome::refused;
    }
    n.plan.refund_missing = n.plan.refund_missing || c.fault("refund-missing").has_value();
    c.accept(describe_refund(c, n, refund_number(c.world, c.account, n, number_state::cancelled)));
    return cancel_outcome::refunded;
}

} // namespace ulak::sim
