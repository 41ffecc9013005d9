// Fires jobs by their schedules. What is due is decided from a watermark in the store, so that a stop, a crash, a
// suspend or a step of the clock shows as missed time and nothing fires twice.
#pragma once

#include "engine/detail/runner.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ulak::engine {

class scheduler {
  public:
    scheduler(shared_state& c, runner& runs) : shared_(c), runs_(runs) {}

    /// Takes the schedules of all jobs in force. A schedule seen for the first time counts from now; so does one whose
    /// job was disabled until now.
    task<result<void>> arm();

    /// What the events of former lives say about firings that did not become runs. They are history, so a store that
    /// cannot tell them stops nobody.
    task<> load_missed();

    /// Until the engine stops. Asleep without any wake-up while nothing is scheduled.
    task<> loop();

    std::vector<firing_view> next(const std::string& job, std::size_t n, std::optional<wall_point> from) const;
    std::vector<firing_view> missed(std::string_view job) const;

  private:
    using loaded_ptr = std::shared_ptr<const loaded_job>;

    struct armed_schedule {
        loaded_ptr job{};
        std::string text{};
        wall_point watermark{};
        std::optional<wall_point> next{};
    };
    /// What one decision makes: one commit.
    struct firing_batch {
        firing_batch() = default;
        ledger::batch changes{};
        std::vector<active_ptr> started{}, queued{};
        std::vector<run_id> cancelled{};
        std::vector<firing_view> dropped{};
    };

    task<result<void>> arm_one(std::string name, loaded_ptr job, ledger::batch& all);
    void disarm(const std::string& name, const loaded_ptr& job, ledger::batch& all);
    void move_watermark(armed_schedule& a, wall_point mark) const;
    std::optional<async::steady_point> wake_time(bool in_trouble) const;

    task<bool> fire_due();
    task<bool> fire(std::string name);
    task<result<bool>> correct_watermark(std::string name);
    firing_batch plan(const std::string& name, const loaded_ptr& job, const job::decision& d,
               const std::vector<std::string>& made);
    void fire_one(const std::string& name, const loaded_ptr& job, const job::due_firing& f, bool blocked, firing_batch& v);
    void remember_missed(firing_view f);
    void drop(const std::string& name, const loaded_ptr& job, wall_point due, std::string why, firing_batch& v);
    task<std::vector<std::string>> existing_keys(std::string name, loaded_ptr job, const job::decision& d);

    shared_state& shared_;
    runner& runs_;
    std::map<std::string, armed_schedule> armed_;
    std::set<std::string, std::less<>> disabled_;
    bool disabled_loaded_ = false;
    std::map<std::string, std::deque<firing_view>, std::less<>> missed_;
};

/// "schedule:JOB:TEXT:DUE": two daemons, or one that crashed, make a firing once.
std::string firing_key(const std::string& job, const job::schedule& s, wall_point due);

} // namespace ulak::engine
