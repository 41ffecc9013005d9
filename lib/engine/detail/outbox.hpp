// Delivers the stored notices: each is tried until it is delivered, or a day has gone.
#pragma once

#include "engine/detail/active_runs.hpp"
#include "engine/detail/delivery.hpp"
#include "engine/detail/parsed_notice.hpp"
#include "engine/detail/shared_state.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ulak::engine {

class outbox {
  public:
    /// Both references must outlive this object and the tasks that it spawns.
    outbox(shared_state& shared, const active_runs& runs) : shared_(shared), runs_(runs) {}

    /// Until the engine stops and the deliveries under way have ended. A notice is delivered twice rather than never:
    /// its id lets the receiver see it.
    task<> loop();

  private:
    struct due_notices {
        std::map<std::string, std::vector<ledger::notice_record>> by_channel{};
        std::optional<wall_point> next{}; ///< when the first of the others is due
    };
    bool must_wait(const std::string& channel) const;
    due_notices group_by_channel(std::vector<ledger::notice_record> waiting) const;
    std::optional<async::steady_point> wake_time(const due_notices& due, bool disk_refused) const;
    task<> deliver(std::string channel, std::vector<ledger::notice_record> due);
    task<bool> deliver_one(std::string channel, ledger::notice_record notice);
    task<attempt> send_to_channel(const std::string& channel, const parsed_notice& notice);

    shared_state& shared_;
    const active_runs& runs_;
    std::set<std::string, std::less<>> busy_channels_; ///< a slow channel does not hold up the others
};

} // namespace ulak::engine
