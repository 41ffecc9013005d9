// Everything that the simulated providers know: the accounts, the time, what is still to happen, and the log. It moves
// only when it is told the time.
#pragma once

#include "sim/detail/random_source.hpp"
#include "sim/detail/request_log.hpp"
#include "sim/detail/simulated_account.hpp"
#include "sim/detail/timer_queue.hpp"
#include "sim/fault_injector.hpp"
#include "sim/options.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ulak::sim {

class world_state {
  public:
    /// One account for each protocol of the registry.
    explicit world_state(options o);
    world_state(const world_state&) = delete;
    world_state& operator=(const world_state&) = delete;

    const options& settings() const noexcept { return settings_; }
    wall_point now() const noexcept { return now_; }

    /// Lets everything happen that is due at this time (of the clock; what `skip` added comes on top).
    void advance(wall_point clock_now);
    void skip(std::chrono::milliseconds d);

    /// Calls `action` when the time reaches `when`, with `now()` at that moment.
    void schedule(wall_point when, std::function<void()> action);

    /// In the order of the registry. They stay where they are as long as the world.
    std::span<const std::unique_ptr<simulated_account>> accounts() const noexcept { return accounts_; }
    simulated_account& account(const protocol_descriptor& p);

    /// The value of one of the protocol's credentials, by its option's name.
    std::string_view credential_of(const protocol_descriptor& p, std::string_view option) const;

    /// A line of the log for something that no request did. `operation` begins with "_".
    void log_event(const simulated_account& account, std::string operation, json::value effect);

    request_log log;
    fault_injector faults{};
    random_source randomness;

  private:
    void move_to(wall_point target);

    options settings_;
    std::vector<std::unique_ptr<simulated_account>> accounts_{};
    timer_queue timers_{};
    wall_point now_{};
    std::chrono::milliseconds clock_offset_{0};
};

/// The effect of a refund that time brought, as the log shows it.
json::value describe_refund_event(std::uint64_t id, decimal amount, const std::string& unit);

} // namespace ulak::sim
