// Every run that is not final and in memory: under way or queued.
#pragma once

#include "engine/detail/active_run.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace ulak::engine {

class active_runs {
  public:
    void add(active_ptr run) { runs_[run->id()] = std::move(run); }
    void remove(const std::string& id) { runs_.erase(id); }

    /// nullptr: it is final, or there is none.
    active_ptr find(const run_id& id) const;
    bool contains(const run_id& id) const { return runs_.contains(id.text()); }
    std::size_t size() const noexcept { return runs_.size(); }
    /// Those that are queued, or still send, buy or wait for a code: not those that wait for reports alone.
    std::vector<run_id> acting_of_job(const std::string& job) const;

    /// Those that are shown as paused, the oldest first.
    std::vector<waiting_run_view> waiting(std::size_t limit) const;

    /// Adds the accounts that their files name, each with the first run that uses it.
    void add_account_uses(account_uses& all) const;
    /// Whether a run may commit a notice at any moment.
    bool any_notify_rules() const;
    /// Asks every run to leave with everything in the store.
    void request_stop() const;

  private:
    std::unordered_map<std::string, active_ptr> runs_{};
};

} // namespace ulak::engine
