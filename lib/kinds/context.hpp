// What a running job holds in its hands.
#pragma once

#include "async/clock.hpp"
#include "core/error.hpp"
#include "job/document.hpp"
#include "ledger/recorder.hpp"
#include "providers/account.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ulak::kinds {

/// Everything outside of the run that it may use. Owned by the engine, outlives every run.
struct surroundings {
    executor ex;
    async::clock& time;
    ledger::recorder& record;
    std::shared_ptr<const providers::accounts> accounts;
    time_zone zone;
    std::string config_dir;
};

/// One run. Its methods that commit do so in one transaction and report errc::unavailable when the disk refuses.
class context {
  public:
    context(surroundings around, ledger::run_record run, job::budget limits, std::vector<job::notify_rule> rules,
            std::map<std::string, std::string> params);

    const ledger::run_record& run() const noexcept { return run_; }
    const job::budget& limits() const noexcept { return limits_; }
    const std::map<std::string, std::string>& params() const noexcept { return params_; }
    async::clock& time() noexcept { return around_.time; }
    ledger::recorder& record() noexcept { return around_.record; }
    ledger::ledger& store() noexcept { return around_.record.store(); }
    const surroundings& around() const noexcept { return around_; }

    /// The account as the run found it; a reload does not take it away. Null: it is gone from the configuration.
    std::shared_ptr<providers::account> account(const std::string& name) const;

    /// A person asked for the run's cancellation (graceful: what costs money is given back first).
    bool cancel_asked() const noexcept { return cancel_asked_; }
    /// The daemon stops: leave soon, with everything in the store.
    bool stopping() const noexcept { return stopping_; }
    void ask_cancel() noexcept { cancel_asked_ = true; }
    void ask_stop() noexcept { stopping_ = true; }

    /// An event about this run, filled with its names.
    ledger::append_event event(const char* what, events::level severity, std::string message,
                               boost::json::object data = {}) const;
    /// Notices to the channels whose rule has this moment, for the same commit as what they tell of. The body is the
    /// webhook's: {"id","event","time","job","run","kind","text","data"}.
    ledger::batch notices(const std::string& moment, const std::string& text, boost::json::object data = {}) const;

    /// Commits the run's own state with further changes and remembers it in `run()`. Out of reach of cancellation.
    task<result<void>> save(ledger::update_run state, ledger::batch also = {});
    /// `save`, again with growing waits while the disk refuses: for what is true already and only has to be written.
    /// errc::cancelled when the daemon stops before the disk takes it; any other error is not the disk's.
    task<result<void>> keep(ledger::update_run state, ledger::batch also = {});
    /// What `save` does in memory, for changes that were committed in another batch.
    void remember(const ledger::update_run& state);

    /// `keep` of the run's progress alone.
    task<result<void>> keep_progress(boost::json::object progress, ledger::batch also = {});

  private:
    surroundings around_;
    ledger::run_record run_;
    job::budget limits_;
    std::vector<job::notify_rule> rules_;
    std::map<std::string, std::string> params_;
    bool cancel_asked_ = false;
    bool stopping_ = false;
};

} // namespace ulak::kinds
