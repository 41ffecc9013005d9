#include "sim/detail/number_rental.hpp"

namespace ulak::sim {
namespace {

constexpr int code_digits = 6;

/// Ends a number that is still waiting when its time comes, with a line of the log of its own.
void end_number(world_state& world, simulated_account& account, std::uint64_t id, number_state end)
{
    auto* n = account.numbers->numbers.find(id);
    if (n->state != number_state::waiting)
        return;
    const auto back = refund_number(world, account, *n, end);
    world.log_event(account, end == number_state::expired ? "_expired" : "_died",
                    describe_refund_event(id, back, account.money.unit()));
}

/// By id and not by address: the book's map moves nothing, but an id cannot dangle.
void schedule_number(world_state& world, simulated_account& account, const rented_number& n)
{
    auto end_as = [&world, &account, id = n.id](number_state end) {
        return [&world, &account, id, end] { end_number(world, account, id, end); };
    };
    if (n.plan.sms_after)
        world.schedule(n.ordered_at + *n.plan.sms_after,
                       [&account, id = n.id] { deliver_sms(*account.numbers->numbers.find(id)); });
    if (n.plan.dies_after)
        world.schedule(n.ordered_at + *n.plan.dies_after, end_as(number_state::cancelled));
    world.schedule(n.expires_at, end_as(number_state::expired));
}

} // namespace

rented_number& rent_number(world_state& world, simulated_account& account, number_service& service, decimal charge,
                           rented_number wanted)
{
    const auto& settings = world.settings();
    wanted.service = service.id;
    wanted.number = service.prefix + world.randomness.digits(service.digits);
    wanted.price = charge;
    wanted.ordered_at = world.now();
    wanted.expires_at = world.now() + settings.number_life;
    wanted.code = settings.otp_code ? *settings.otp_code : world.randomness.digits(code_digits);
    wanted.text = service.name + " kodunuz: " + wanted.code;
    --service.stock;
    auto& n = account.numbers->numbers.add(std::move(wanted));
    account.money.post(world.now(), decimal() - charge, "number " + std::to_string(n.id));
    schedule_number(world, account, n);
    return n;
}

void deliver_sms(rented_number& n)
{
    if (n.state == number_state::waiting)
        n.state = number_state::received;
}

decimal refund_number(world_state& world, simulated_account& account, rented_number& n, number_state end)
{
    n.state = end;
    n.last_shown_state = end;
    if (auto* service = account.numbers->catalog.find(n.service))
        ++service->stock;
    if (n.plan.refund_missing)
        return {};
    n.refunded = true;
    account.money.post(world.now(), n.price, "refund of number " + std::to_string(n.id));
    return n.price;
}

} // namespace ulak::sim
