// Whether an account is worth asking, by how its last calls went. Pure: time comes in, nothing is waited for.
#pragma once

#include "async/backoff.hpp"
#include "async/clock.hpp"
#include "core/wall_time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::providers {

/// ready: all is well. failing: several calls in a row had no sound answer; one call at a time probes whether that has
/// passed. suspended: the provider refused the login several times in a row, and going on could lock it out.
enum class breaker_state { ready, failing, suspended };

std::string_view name(breaker_state s) noexcept; ///< "ready" "failing" "suspended"

/// What a call says about the account. `neutral` says nothing: stopped by us, or never begun.
enum class call_result { success, failure, login_refused, neutral };

/// The circuit breaker's state machine.
///
/// | state     | success | failure                              | login_refused              | reset |
/// | ready     | ready   | failing after 5 in a row             | suspended after 3 in a row | -     |
/// | failing   | ready   | failing; the next probe waits longer | ready, or suspended        | ready |
/// | suspended | ready   | suspended                            | suspended                  | ready |
class account_health {
  public:
    static constexpr int failure_threshold = 5; ///< in a row; each is one attempt, of whichever call
    static constexpr int login_refusal_threshold = 3;
    /// How long a failing account is left alone before the next probe: doubled after each that fails.
    static constexpr std::chrono::milliseconds first_probe_delay{5'000}, longest_probe_delay{60'000};

    struct state_change {
        breaker_state current;
        breaker_state previous;
    };

    /// Takes the result of a call. `reason` is for people and kept while the account is not ready; `random01` spreads
    /// the probes. Empty: the state is the same as before.
    std::optional<state_change> record(call_result what, std::string reason, async::steady_point now, wall_point wall,
                                       double random01);

    /// An operator or a reload says that the account may be tried again. The very next refusal or failure suspends it
    /// or lets it fail as before. Empty: it was ready.
    std::optional<state_change> reset(wall_point wall);

    breaker_state state() const noexcept { return state_; }
    /// Nothing went wrong lately, so another success changes nothing.
    bool is_clean() const noexcept
    {
        return state_ == breaker_state::ready && failures_ == 0 && login_refusals_ == 0 && !probing_ && reason_.empty();
    }
    const std::string& reason() const noexcept { return reason_; } ///< of the last bad call; empty once ready
    wall_point since() const noexcept { return since_; }           ///< of the state; set by its first change
    int failures() const noexcept { return failures_; }

    /// While failing: whether a probe may go now. The caller that gets true is the probe until its result is recorded
    /// or it calls `release_probe`.
    bool try_begin_probe(async::steady_point now) noexcept;
    async::steady_point next_probe() const noexcept { return next_probe_; }
    void release_probe() noexcept { probing_ = false; }

  private:
    std::optional<state_change> change_state(breaker_state next, std::string reason, wall_point wall);

    breaker_state state_ = breaker_state::ready;
    int failures_ = 0;
    int login_refusals_ = 0;
    bool probing_ = false;
    // At least three quarters of each delay, so that many accounts of one provider do not come back together.
    async::backoff probe_delay_{first_probe_delay, 2, longest_probe_delay, 0.25};
    async::steady_point next_probe_{};
    std::string reason_{};
    wall_point since_{};
};

} // namespace ulak::providers
