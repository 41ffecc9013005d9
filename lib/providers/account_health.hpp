// Whether an account is worth asking, judged by how its last calls went. Pure: time comes in, nothing is waited for.
#pragma once

#include "async/clock.hpp"
#include "core/wall_time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::providers {

/// ready: all is well. failing: no sound answer for some calls in a row; one call at a time finds out whether that has
/// passed. suspended: the provider refused the login several times in a row, and going on could lock it out.
enum class breaker_state { ready, failing, suspended };

std::string_view name(breaker_state s) noexcept; ///< "ready" "failing" "suspended"

/// What a call says about the account. `silent` says nothing: stopped by us, or never begun.
enum class call_result { success, failure, login_refused, neutral };

class account_health {
  public:
    /// In a row; each is one try, of whichever call.
    static constexpr int failure_threshold = 5;
    static constexpr int login_refusal_threshold = 3;
    /// How long a failing account is left alone before the next probe: doubled after each that fails.
    static constexpr std::chrono::milliseconds first_probe_delay{5'000}, longest_probe_delay{60'000};

    struct state_change {
        breaker_state current;
        breaker_state previous;
    };

    /// What a call came to. `why` is for a person, and kept while the account is not ready; `random01` spreads the
    /// rests. Nothing: the standing is the same as before.
    std::optional<state_change> record(call_result what, std::string why, async::steady_point now, wall_point wall, double random01);

    /// A person, a reload or a restart says that it may be tried again. The very next refusal or failure suspends or
    /// rests it as before.
    std::optional<state_change> reset(wall_point wall);

    breaker_state state() const noexcept { return state_; }
    /// Nothing went wrong lately, so that a good call would change nothing.
    bool is_clean() const noexcept
    {
        return state_ == breaker_state::ready && failures_ == 0 && login_refusals_ == 0 && !probing_ &&
               probe_delay_ == first_probe_delay && reason_.empty();
    }
    const std::string& reason() const noexcept { return reason_; } ///< of the last call that went wrong; empty if ready
    wall_point since() const noexcept { return since_; }     ///< meaningless while ready and never otherwise
    int failures() const noexcept { return failures_; }

    /// While failing: whether a probe may go now, and if not, when to ask again. Whoever gets true is the probe, until
    /// it is noted.
    bool try_begin_probe(async::steady_point now) noexcept;
    async::steady_point next_probe() const noexcept { return next_probe_; }
    void release_probe() noexcept { probing_ = false; }

  private:
    std::optional<state_change> change_state(breaker_state next, std::string why, wall_point wall);
    void schedule_probe(async::steady_point now, double random01);

    breaker_state state_ = breaker_state::ready;
    int failures_ = 0;
    int login_refusals_ = 0;
    bool probing_ = false;
    std::chrono::milliseconds probe_delay_ = first_probe_delay;
    async::steady_point next_probe_{};
    std::string reason_{};
    wall_point since_{};
};

} // namespace ulak::providers
