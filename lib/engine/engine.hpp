// The machine that fires, runs, stops and resumes jobs. Everything that the control socket can ask of it.
#pragma once

#include "engine/catalog.hpp"
#include "engine/channel.hpp"
#include "events/bus.hpp"
#include "ledger/recorder.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ulak::engine {

struct retention {
    std::chrono::milliseconds runs = std::chrono::hours(90 * 24);
    std::chrono::milliseconds items = std::chrono::hours(30 * 24);
    std::chrono::milliseconds codes = std::chrono::minutes(10);
};

/// What the daemon builds the engine from; references outlive it.
struct dependencies {
    executor ex;
    async::clock& time;
    ledger::recorder& recorder;
    std::shared_ptr<const providers::accounts> accounts;
    channels notify;
    std::string jobs_dir, config_dir;
    time_zone zone;
    retention retention_periods;
    std::span<const kinds::kind> known_kinds = kinds::kinds(); ///< tests give their own
    bool schedules_enabled = true;                                   ///< false: schedules rest, runs start on demand alone
};

/// What a machine that is running takes over from a changed ulak.yaml.
struct configuration {
    configuration(std::shared_ptr<const providers::accounts> accounts_, channels notify_, retention keep_)
        : accounts(std::move(accounts_)), notify(std::move(notify_)), retention_periods(keep_)
    {}
    std::shared_ptr<const providers::accounts> accounts;
    channels notify;
    retention retention_periods;
};

/// By account, why it cannot be exchanged now: "run 01J… of job otp is under way".
using account_uses = std::map<std::string, std::string>;

struct start_request {
    start_request() = default;
    std::string job{};
    boost::json::object params{};
    std::string trigger = "manual";
    std::string idempotency_key{}; ///< empty: none
    std::string definition{};      ///< the text of a job that has no file; `job` is then what its runs are listed under
};

struct start_result {
    run_id id;
    bool existed = false; ///< the key was used before: this is that run
};

struct job_view {
    std::string name{}, kind{}, path{}, description{};
    bool enabled = false, paused = false, broken = false;
    std::optional<wall_point> next{};
    std::string schedule{}; ///< empty: on demand
    std::optional<std::string> last_run{};
    std::size_t running = 0;
    std::vector<job::parameter> parameters{};
    yaml::problems problems{};
};

struct firing_view {
    std::string job{};
    wall_point at{};
    std::string reason{}; ///< "cron 0 9 * * mon-fri", "moved to the end of the daylight saving gap", "paused", "outside
                          ///< the window" …
    std::string local{};  ///< `at` in the schedule's zone: "2026-11-23T09:00:00+03:00"
};

struct balance_view {
    std::string account{};
    money balance{};
    wall_point at{};
};

class engine {
  public:
    virtual ~engine() = default;

    /// Loads the jobs, settles what a crash left (intents → not sent, dispatched → ambiguous), resumes runs, starts
    /// schedules and the outbox. Returns when recovery is done. While the store is held only the jobs are loaded:
    /// nothing is settled, resumed, fired or sent until `adopt`.
    virtual task<result<void>> start() = 0;
    /// A person has looked at the held store: all that `start` left undone. Tells who it was. errc::conflict when it is
    /// not held.
    virtual task<result<void>> adopt(std::uint32_t uid, std::int64_t pid) = 0;
    /// Step one: nothing new starts. Step two: costly calls in flight come to their outcome; open numbers stay in the
    /// store. Returns when all is quiet, or at the deadline.
    virtual task<> stop(async::steady_point deadline) = 0;

    /// errc::not_found (no such job), conflict (broken and no good version, `concurrency` is reached, or the key
    /// belongs to a run with other parameters), paused (paused or disabled, or the store is held), invalid_argument
    /// (params), unavailable (the disk, stopping, or recovery is under way; a definition of the caller's own with
    /// errors is invalid_argument). Durable when it returns.
    virtual task<result<start_result>> start_run(start_request r) = 0;
    /// The run that was begun under this request's key; nullopt: there is none, or no key. errc::conflict if it has
    /// other parameters. Asks nothing but the store.
    virtual task<result<std::optional<start_result>>> find_existing(const start_request& r) = 0;
    /// The run as soon as it is final, else as it is at the deadline.
    virtual task<result<ledger::run_record>> wait(run_id id, async::steady_point deadline) = 0;
    virtual task<result<void>> cancel(run_id id) = 0; ///< errc::conflict if it is final
    virtual task<result<void>> pause(std::string job) = 0;
    virtual task<result<void>> resume(std::string job) = 0;
    virtual task<result<boost::json::object>> plan(std::string job, boost::json::object params) = 0;
    virtual task<result<std::vector<file_change>>> reload(bool dry_run) = 0;
    /// A reload with other accounts, channels and limits of keeping. Runs under way keep the accounts that they began
    /// with; an account that is exchanged meanwhile would have two objects that know nothing of each other's purchases,
    /// so who calls this has asked `in_use`, and nothing was awaited since. With `dry_run` nothing is taken over.
    virtual task<result<std::vector<file_change>>> reconfigure(bool dry_run, configuration c) = 0;
    /// Accounts of runs under way, and of calls that have no outcome yet.
    virtual task<result<account_uses>> in_use() = 0;

    virtual std::vector<job_view> jobs() const = 0;
    virtual std::optional<job_view> job(std::string_view name) const = 0;
    /// Coming firings of one job, or of all that are neither paused nor disabled (empty name), soonest first.
    virtual result<std::vector<firing_view>> next(std::string_view job, std::size_t n,
                                                  std::optional<wall_point> from) const = 0;
    /// The last firings of a job that did not become runs, oldest first, with the reasons; those before the daemon's
    /// start are told from the events in the store.
    virtual std::vector<firing_view> missed(std::string_view job) const = 0;
    virtual std::size_t running() const = 0; ///< runs, without the queued
    virtual bool stopping() const = 0;

    virtual std::shared_ptr<const providers::accounts> accounts() const = 0; ///< as they are now; hold it over awaits
    virtual task<result<balance_view>> balance(std::string account) = 0;
    virtual task<result<std::vector<providers::service>>> services(std::string account) = 0;

    /// `done`: it took effect; `not-done`: it did not; `write-off`: not known, let it be. Settles the effect, the items
    /// and, with the last entry of a run, the run.
    virtual task<result<ledger::attention_record>> resolve(std::string id, std::string outcome, std::uint32_t uid) = 0;
};

std::unique_ptr<engine> make_engine(dependencies p);

} // namespace ulak::engine
