// Keeps trying until every notice is there, or a day has gone.
#pragma once

#include "engine/detail/delivery.hpp"

#include <set>
#include <string>
#include <vector>

namespace ulak::engine {

class runner;

class outbox {
  public:
    outbox(shared_state& c, const runner& runs) : shared_(c), runs_(runs) {}

    /// Until the engine stops and what is on its way has come to its end.
    task<> loop();

  private:
    struct due_notices {
        std::map<std::string, std::vector<ledger::notice_record>> due{}; ///< by channel
        std::optional<wall_point> next{};
    };
    due_notices group_by_channel(std::vector<ledger::notice_record> waiting) const;
    std::optional<async::steady_point> wake_time(const due_notices& p, bool in_trouble) const;
    task<> deliver(std::string channel, std::vector<ledger::notice_record> due);
    task<bool> deliver_one(std::string channel, ledger::notice_record notice);
    task<attempt> send_to_channel(const std::string& channel, const parsed_notice& what);

    shared_state& shared_;
    const runner& runs_;
    std::set<std::string, std::less<>> busy_channels_; ///< a slow channel does not hold up the others
};

/// Waits of 1 s, 2 s, 4 s … at most 10 min.
std::chrono::milliseconds retry_after(int attempts) noexcept;
/// No further attempt is made when a notice is this old.
inline constexpr auto notice_lifetime = std::chrono::hours(24);

} // namespace ulak::engine
