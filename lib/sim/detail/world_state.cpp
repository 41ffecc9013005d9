#include "sim/detail/world_state.hpp"

#include "sim/registry.hpp"

#include <algorithm>
#include <cassert>

namespace ulak::sim {
namespace {

decimal initial_balance(const options& o, const protocol_descriptor& p)
{
    const auto given = o.balances.find(p.name);
    return given == o.balances.end() ? p.balance : given->second;
}

} // namespace

world_state::world_state(options o) : log(o), randomness(o.seed), settings_(std::move(o))
{
    for (const auto* p : protocols())
        accounts_.push_back(
            std::make_unique<simulated_account>(*p, initial_balance(settings_, *p), settings_.seed, randomness));
}

void world_state::advance(wall_point clock_now)
{
    // A clock that steps back must not undo what has happened.
    move_to(std::max(now_, clock_now + clock_offset_));
}

void world_state::skip(std::chrono::milliseconds d)
{
    clock_offset_ += d;
    move_to(now_ + d);
}

void world_state::move_to(wall_point target)
{
    timers_.run_due(target);
    now_ = target;
}

void world_state::schedule(wall_point when, std::function<void()> action)
{
    timers_.schedule(when, [this, run = std::move(action)](wall_point due) {
        now_ = std::max(now_, due);
        run();
    });
}

simulated_account& world_state::account(const protocol_descriptor& p)
{
    const auto found =
        std::find_if(accounts_.begin(), accounts_.end(), [&](const auto& a) { return &a->protocol == &p; });
    assert(found != accounts_.end() && "a protocol that is not in the registry");
    return **found;
}

std::string_view world_state::credential_of(const protocol_descriptor& p, std::string_view option) const
{
    if (const auto given = settings_.credentials.find(option); given != settings_.credentials.end())
        return given->second;
    const auto known = std::find_if(p.credentials.begin(), p.credentials.end(),
                                    [&](const credential& c) { return c.option == option; });
    assert(known != p.credentials.end() && "a credential that the protocol does not have");
    return known->value;
}

void world_state::log_event(const simulated_account& account, std::string operation, json::value effect)
{
    log_entry e;
    e.at = now_;
    e.protocol = account.protocol.name;
    e.operation = std::move(operation);
    e.accepted = true;
    e.effect = std::move(effect);
    log.append(e);
}

json::value describe_refund_event(std::uint64_t id, decimal amount, const std::string& unit)
{
    return json::object({{"kind", json::text("refund")},
                         {"id", json::text(std::to_string(id))},
                         {"amount", json::text((decimal() - amount).text())},
                         {"unit", json::text(unit)}});
}

} // namespace ulak::sim
