// Services and state available to a run.
#pragma once

#include "async/clock.hpp"
#include "async/waiter.hpp"
#include "core/error.hpp"
#include "job/document.hpp"
#include "ledger/recorder.hpp"
#include "providers/account.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ulak::kinds {

/// What surrounds every run. The engine owns it; it outlives every run.
struct run_environment {
    executor ex;
    async::clock& clock;
    ledger::recorder& recorder;
    std::shared_ptr<const providers::accounts> accounts;
    time_zone zone;
    std::string config_dir;
};

/// One run: its record, its limits, and what it commits. Every commit is one transaction; errc::unavailable: the disk
/// refuses, and nothing was written.
class run_context {
  public:
    run_context(run_environment environment, ledger::run_record run, job::budget budget,
                std::vector<job::notify_rule> rules, std::map<std::string, std::string> params);

    const ledger::run_record& run() const noexcept { return run_; }
    const job::budget& budget() const noexcept { return budget_; }
    const std::map<std::string, std::string>& params() const noexcept { return params_; }
    async::clock& clock() noexcept { return environment_.clock; }
    ledger::recorder& recorder() noexcept { return environment_.recorder; }
    ledger::ledger& store() noexcept { return environment_.recorder.store(); }
    const run_environment& environment() const noexcept { return environment_; }

    /// The account as the configuration had it when the run began; a reload does not change it. nullptr: there is none.
    std::shared_ptr<providers::account> account(const std::string& name) const;

    /// An operator asked for the run's cancellation: the run gives back what costs money, then ends.
    bool cancel_requested() const noexcept { return cancel_requested_; }
    /// The daemon stops: the run leaves soon, and goes on from the store at the next start.
    bool stopping() const noexcept { return stopping_; }
    void request_cancel() noexcept { cancel_requested_ = true; }
    void request_stop() noexcept { stopping_ = true; }

    /// A person holds the run: nothing is sent until it is resumed.
    bool pause_requested() const noexcept { return pause_requested_; }
    void request_pause() noexcept { pause_requested_ = true; }
    void request_resume();
    async::wait_queue<>& resume_waiters() noexcept { return resume_waiters_; }
    /// What the run itself waits for, whoever holds it beside that. Empty: nothing.
    const ledger::run_wait& own_wait() const noexcept { return own_wait_; }
    void set_own_wait(ledger::run_wait wait) { own_wait_ = std::move(wait); }

    /// All is sent or bought, and the run waits for reports alone: the job's next run need not wait for it.
    void stop_acting();
    /// What `stop_acting` does, once.
    void after_acting(std::function<void()> then) { after_acting_ = std::move(then); }

    /// An event about this run, with the run's names; with the account's too where one is given.
    ledger::append_event event(const char* name, events::level severity, std::string message,
                               boost::json::object data = {}) const;
    ledger::append_event event(const providers::account& about, const char* name, events::level severity,
                               std::string message, boost::json::object data = {}) const;
    /// Notices to the channels whose rule has this moment, for the commit of what they report. The body is the
    /// webhook's: {"id","event","time","job","run","kind","text","data"}.
    ledger::batch notices(const std::string& moment, const std::string& text, boost::json::object data = {}) const;

    /// Commits the run's own state with further changes, then shows it in `run()`. Shielded from cancellation.
    task<result<void>> save(ledger::update_run state, ledger::batch also = {});
    /// `save`, again with growing waits while the disk refuses: for what is true already and only has to be written.
    /// - errc::cancelled: the daemon stops before the disk takes it
    /// - any other error: the store refuses the changes
    task<result<void>> save_with_retry(ledger::update_run state, ledger::batch also = {});
    /// Shows a state in `run()` that was committed in another batch.
    void apply_saved(const ledger::update_run& state);

    /// `save_with_retry` of the run's progress alone.
    task<result<void>> save_progress(boost::json::object progress, ledger::batch also = {});

  private:
    run_environment environment_;
    ledger::run_record run_;
    job::budget budget_;
    std::vector<job::notify_rule> notify_rules_;
    std::map<std::string, std::string> params_;
    bool cancel_requested_ = false;
    bool stopping_ = false;
    bool pause_requested_ = false;
    async::wait_queue<> resume_waiters_{};
    ledger::run_wait own_wait_{};
    std::function<void()> after_acting_{};
};

} // namespace ulak::kinds
