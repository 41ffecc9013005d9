#include "sim/simulator.hpp"

#include "sim/detail/admin.hpp"
#include "sim/detail/dispatcher.hpp"
#include "sim/detail/transport_faults.hpp"
#include "sim/detail/world_state.hpp"
#include "sim/registry.hpp"

namespace ulak::sim {
namespace {

http::reply unknown_path()
{
    return http::reply(404, R"({"error":"ulak-sim: no protocol has this path; GET /_sim/ explains"})");
}

result<number_service*> find_service(simulated_account& a, std::int64_t id)
{
    auto* service = a.numbers ? a.numbers->catalog.find(id) : nullptr;
    if (!service)
        return error(errc::invalid_argument, "no service " + std::to_string(id));
    return service;
}

} // namespace

/// A request whose faults are known, but which is not yet served.
struct simulator::prepared_request {
    prepared_request() = default;

    const protocol_descriptor* protocol = nullptr; ///< null: answered at once with `plan.reply_instead`
    std::vector<std::string> faults{};             ///< that strike it
    transport_faults plan{};
};

simulator::simulator(options o, const async::clock& clock)
    : clock_(clock), world_(std::make_unique<world_state>(std::move(o)))
{}

simulator::~simulator() = default;

result<void> simulator::open()
{
    return world_->log.open();
}

http::server_limits simulator::limits()
{
    http::server_limits l;
    l.max_connections = 8'192;
    l.header_bytes = 64 * 1024;      // longer request lines are answered with 414 by the protocol
    l.body_bytes = 16 * 1024 * 1024; // 50,000 recipients in JSON are about 1 MB
    l.request_timeout = std::chrono::seconds(60);
    l.idle_timeout = std::chrono::minutes(5);
    return l;
}

/// Answers the admin's routes, and asks which faults strike a call.
simulator::prepared_request simulator::prepare(const http::incoming_request& in)
{
    prepared_request p;
    world_->advance(clock_.wall_now());
    if (is_below(in.raw_target, "/_sim")) {
        p.plan.reply_instead = admin::serve(*world_, in);
        return p;
    }
    p.protocol = protocol_at(in.raw_target);
    if (!p.protocol) {
        p.plan.reply_instead = unknown_path();
        return p;
    }
    if (world_->faults.empty())
        return p;
    call c(*world_, world_->account(*p.protocol), in);
    find_operation(c);
    p.plan = plan_transport_faults(c);
    p.faults = std::move(c.entry.faults);
    return p;
}

/// Does what was asked, unless a fault replaces it, and writes the line of the log.
http::reply simulator::complete(const http::incoming_request& in, const prepared_request& p)
{
    if (!p.protocol)
        return *p.plan.reply_instead;
    world_->advance(clock_.wall_now()); // a fault may have delayed it
    call c(*world_, world_->account(*p.protocol), in);
    find_operation(c);
    c.entry.operation = c.operation_name();
    c.entry.path = safe_path(c);
    c.entry.faults = p.faults;
    auto r = p.plan.reply_instead ? *p.plan.reply_instead : dispatch(c);
    apply_transport_faults(p.plan, r);
    const bool silent = r.fault == http::wire_fault::close_unanswered || r.fault == http::wire_fault::reset_unanswered;
    c.entry.status = silent ? 0 : r.status;
    world_->log.append(c.entry);
    return r;
}

http::reply simulator::answer(const http::incoming_request& in)
{
    return complete(in, prepare(in));
}

task<http::reply> simulator::serve(const http::incoming_request& in, async::clock& sleeper)
{
    auto p = prepare(in);
    if (p.plan.delay_before.count() > 0)
        co_await sleeper.sleep_for(p.plan.delay_before);
    auto r = complete(in, p);
    if (p.plan.delay_after.count() > 0)
        co_await sleeper.sleep_for(p.plan.delay_after);
    co_return r;
}

http::handler simulator::handler(async::clock& sleeper)
{
    return [this, &sleeper](const http::incoming_request& in) { return serve(in, sleeper); };
}

void simulator::add_fault(fault f)
{
    world_->faults.add(std::move(f));
}

result<void> simulator::set_stock(const protocol_descriptor& p, std::int64_t service, std::int64_t stock)
{
    auto found = find_service(world_->account(p), service);
    if (!found)
        return found.error();
    (*found)->stock = stock;
    return {};
}

result<void> simulator::set_price(const protocol_descriptor& p, std::int64_t service, decimal price)
{
    auto found = find_service(world_->account(p), service);
    if (!found)
        return found.error();
    (*found)->price = price;
    return {};
}

} // namespace ulak::sim
