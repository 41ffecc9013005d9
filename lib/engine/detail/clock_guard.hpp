// Watches the wall time for jumps. After one, whatever cannot be undone waits until the clock is trusted again.
#pragma once

#include "engine/detail/auto_reset_event.hpp"
#include "engine/detail/clock_reading.hpp"
#include "ledger/recorder.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ulak::engine {

/// A wall time that goes on by this much more or less than the time that passed has jumped. Daylight saving moves no
/// clock of the machine, and NTP steps by less where it runs.
inline constexpr auto max_wall_step = std::chrono::hours(1);

/// Compares the wall time with the time since the machine's start, which nobody can set, and over restarts with the
/// last reading in the store.
///
///   trusted --the wall time jumped--> in doubt --it is back where it should be; NTP agrees; a person says so-->
///   trusted
///
/// A jump under which NTP agrees at once holds nothing. After a start of the machine without NTP, more than an hour in
/// which it was off counts as a jump, because a wrong clock looks the same. On one loop thread; the clock and the
/// recorder outlive it.
class clock_guard final : public async::wall_judge {
  public:
    /// `on_trusted` is called when a doubt is over.
    clock_guard(executor ex, async::clock& time, ledger::recorder& recorder, std::function<void()> on_trusted);
    ~clock_guard() override;
    clock_guard(const clock_guard&) = delete;
    clock_guard& operator=(const clock_guard&) = delete;

    /// Looks at the last reading in the store, and answers `clock::wall_doubt` from now on.
    task<result<void>> start();
    /// Until stop(): publishes what was found, and keeps the last reading in the store.
    task<> loop();
    /// Until it is cancelled: the kernel's word that the clock was set brings the loop forward.
    task<> watch();
    void stop();

    /// Both look at the clocks now.
    std::string doubt() override;
    std::optional<wall_point> expected_wall() override;
    /// The last reading, for a commit that is made anyway while the wall time is trusted.
    ledger::put_setting reading_change() const;
    /// A person says that the wall time is right. errc::conflict: nobody doubts it.
    task<result<void>> confirm(std::uint32_t uid, std::int64_t pid);

  private:
    clock_reading look();
    void suspect(const clock_reading& now, std::chrono::milliseconds by);
    void trust(const clock_reading& now, const std::string& why);
    task<bool> publish_news();
    task<bool> keep_reading();
    std::string reason() const;

    async::clock& time_;
    ledger::recorder& recorder_;
    std::function<void()> on_trusted_;
    auto_reset_event wakeup_;
    clock_reading anchor_{};                            ///< the wall time was trusted then
    std::optional<std::chrono::milliseconds> jumped_{}; ///< in doubt: by how much
    std::vector<events::event> news_{};                 ///< not in the store yet
    std::optional<async::steady_point> kept_at_{};      ///< the last reading went to the store; none: it has to
    bool stopping_ = false;
};

} // namespace ulak::engine
