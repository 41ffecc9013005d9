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
enum class standing { ready, failing, suspended };

std::string_view name(standing s) noexcept; ///< "ready" "failing" "suspended"

/// What a call says about the account. `silent` says nothing: stopped by us, or never begun.
enum class omen { good, broken, login_refused, silent };

class health {
  public:
    /// In a row; each is one try, of whichever call.
    static constexpr int most_failures = 5;
    static constexpr int most_login_refusals = 3;
    /// How long a failing account is left alone before the next probe: doubled after each that fails.
    static constexpr std::chrono::milliseconds first_rest{5'000}, longest_rest{60'000};

    struct change {
        standing now;
        standing before;
    };

    /// What a call came to. `why` is for a person, and kept while the account is not ready; `random01` spreads the
    /// rests. Nothing: the standing is the same as before.
    std::optional<change> note(omen what, std::string why, async::steady_point now, wall_point wall, double random01);

    /// A person, a reload or a restart says that it may be tried again. The very next refusal or failure suspends or
    /// rests it as before.
    std::optional<change> give_another_chance(wall_point wall);

    standing now() const noexcept { return standing_; }
    /// Nothing went wrong lately, so that a good call would change nothing.
    bool untroubled() const noexcept
    {
        return standing_ == standing::ready && failures_ == 0 && login_refusals_ == 0 && !probing_ &&
               rest_ == first_rest && why_.empty();
    }
    const std::string& why() const noexcept { return why_; } ///< of the last call that went wrong; empty if ready
    wall_point since() const noexcept { return since_; }     ///< meaningless while ready and never otherwise
    int failures() const noexcept { return failures_; }

    /// While failing: whether a probe may go now, and if not, when to ask again. Whoever gets true is the probe, until
    /// it is noted.
    bool may_probe(async::steady_point now) noexcept;
    async::steady_point next_probe() const noexcept { return next_probe_; }
    void probe_came_to_nothing() noexcept { probing_ = false; }

  private:
    std::optional<change> become(standing next, std::string why, wall_point wall);
    void rest(async::steady_point now, double random01);

    standing standing_ = standing::ready;
    int failures_ = 0;
    int login_refusals_ = 0;
    bool probing_ = false;
    std::chrono::milliseconds rest_ = first_rest;
    async::steady_point next_probe_{};
    std::string why_{};
    wall_point since_{};
};

} // namespace ulak::providers
