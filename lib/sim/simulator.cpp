#include "sim/simulator.hpp"

#include "sim/admin.hpp"
#include "sim/iletimerkezi.hpp"
#include "sim/numbers.hpp"
#include "sim/panel.hpp"
#include "sim/tamonay.hpp"
#include "sim/toplusms.hpp"

#include <array>

namespace ulak::sim {
namespace {

struct protocol_functions {
    std::string (*operation_of)(call&);
    std::string (*safe_path)(const call&);
    http::reply (*serve)(call&);
};

/// In the order of `protocol_id`.
constexpr std::array<protocol_functions, protocol_count> protocols{
    {{toplusms::operation_of, toplusms::safe_path, toplusms::serve},
     {iletimerkezi::operation_of, iletimerkezi::safe_path, iletimerkezi::serve},
     {tamonay::operation_of, tamonay::safe_path, tamonay::serve},
     {numbers::operation_of, numbers::safe_path, numbers::serve},
     {panel::operation_of, panel::safe_path, panel::serve}}};

bool is_below(std::string_view path, std::string_view base)
{
    return path.starts_with(base) &&
           (path.size() == base.size() || path[base.size()] == '/' || path[base.size()] == '?');
}

std::optional<protocol_id> protocol_of(const http::incoming_request& in)
{
    for (std::size_t i = 0; i < protocol_count; ++i)
        if (is_below(in.raw_target, base_path(static_cast<protocol_id>(i))))
            return static_cast<protocol_id>(i);
    return std::nullopt;
}

http::reply unknown_path()
{
    return http::reply(404, R"({"error":"ulak-sim: no protocol has this path; GET /_sim/ explains"})");
}

} // namespace

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

simulator::prepared_request simulator::prepare(const http::incoming_request& in)
{
    prepared_request b;
    world_.advance(clock_.wall_now());
    if (is_below(in.raw_target, "/_sim")) {
        b.faults_plan.reply_instead = admin::serve(world_, in);
        return b;
    }
    b.protocol = protocol_of(in);
    if (!b.protocol) {
        b.faults_plan.reply_instead = unknown_path();
        return b;
    }
    if (world_.faults.empty())
        return b;
    call c(world_, *b.protocol, in);
    c.operation = protocols[static_cast<std::size_t>(*b.protocol)].operation_of(c);
    b.faults_plan = plan_transport_faults(c);
    b.faults = std::move(c.entry.faults);
    return b;
}

http::reply simulator::complete(const http::incoming_request& in, const prepared_request& b)
{
    if (!b.protocol)
        return *b.faults_plan.reply_instead;
    world_.advance(clock_.wall_now());
    const auto& speaker = protocols[static_cast<std::size_t>(*b.protocol)];
    call c(world_, *b.protocol, in);
    c.operation = speaker.operation_of(c);
    c.entry.operation = c.operation;
    c.entry.path = speaker.safe_path(c);
    c.entry.faults = b.faults;
    auto r = b.faults_plan.reply_instead ? *b.faults_plan.reply_instead : speaker.serve(c);
    apply_transport_faults(b.faults_plan, r);
    bool silent = r.fault == http::wire_fault::close_unanswered || r.fault == http::wire_fault::reset_unanswered;
    c.entry.status = silent ? 0 : r.status;
    world_.log.append(c.entry);
    return r;
}

http::reply simulator::answer(const http::incoming_request& in)
{
    return complete(in, prepare(in));
}

task<http::reply> simulator::serve(const http::incoming_request& in, async::clock& sleeper)
{
    auto b = prepare(in);
    if (b.faults_plan.delay_before.count() > 0)
        co_await sleeper.sleep_for(b.faults_plan.delay_before);
    auto r = complete(in, b);
    if (b.faults_plan.delay_after.count() > 0)
        co_await sleeper.sleep_for(b.faults_plan.delay_after);
    co_return r;
}

http::handler simulator::handler(async::clock& sleeper)
{
    return [this, &sleeper](const http::incoming_request& in) { return serve(in, sleeper); };
}

} // namespace ulak::sim
