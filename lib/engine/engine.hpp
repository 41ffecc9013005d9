// The engine: fires, runs, stops and resumes jobs. Everything that the control socket can ask of it.
#pragma once

#include "async/task_group.hpp"
#include "engine/catalog.hpp"
#include "engine/dependencies.hpp"
#include "engine/engine_views.hpp"
#include "engine/start_request.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::engine {

struct components;

/// On one loop thread. Between `start` and `stop` it owns every run; an engine whose stop was cut short is never wholly
/// destroyed, since suspended coroutines still point into it.
class engine {
  public:
    explicit engine(dependencies d);
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    ~engine();

    /// Loads the jobs, settles what a crash left (intents → not sent, dispatched → ambiguous), resumes runs, starts
    /// schedules and the outbox. Returns when recovery is done. While the store is held only the jobs are loaded:
    /// nothing is settled, resumed, fired or sent until `adopt`.
    task<result<void>> start();
    /// An operator has looked at the held store: does all that `start` left undone, and records who it was.
    /// errc::conflict when the store is not held.
    task<result<void>> adopt(std::uint32_t uid, std::int64_t pid);
    clock_view clock() const;
    /// A person says that the machine's clock is right, and what waited for that goes on. errc::conflict when nobody
    /// doubts it.
    task<result<void>> confirm_clock(std::uint32_t uid, std::int64_t pid);
    /// Step one: nothing new starts. Step two: costly calls in flight come to their outcome; open numbers stay in the
    /// store. Returns when all is quiet, or at the deadline.
    task<> stop(async::steady_point deadline);

    /// Durable when it returns. Errors:
    ///   not_found         no such job
    ///   conflict          broken and no good version, `concurrency` is reached, or the key belongs to a run with other
    ///                     parameters
    ///   paused            paused or disabled, the store is held, or the job spends and the machine's clock is in doubt
    ///   invalid_argument  the parameters, a definition of the caller's own with errors, or a run to go on with that
    ///                     is not of this job
    ///   unsupported       the kind cannot go on with an earlier run
    ///   unavailable       the disk, stopping, or recovery is under way
    task<result<start_result>> start_run(start_request request);
    /// The run that was begun under this request's key; nullopt: there is none, or no key. errc::conflict if it has
    /// other parameters. Asks nothing but the store.
    task<result<std::optional<start_result>>> find_existing(const start_request& request);
    /// The run as soon as it is final, else as it is at the deadline.
    task<result<ledger::run_record>> wait(run_id id, async::steady_point deadline);
    task<result<void>> cancel(run_id id); ///< errc::conflict if it is final
    /// Why a run waits for its account, which changed, and what a person can do; empty: it does not.
    std::string waits_for_account(const run_id& id) const;
    /// Holds one run, and lets it go on. Errors: see detail/run_pauser.hpp.
    task<result<void>> pause_run(run_id id);
    task<result<void>> resume_run(run_id id);
    /// What a run would do; sends nothing and costs nothing.
    task<result<boost::json::object>> plan(std::string job, boost::json::object params);

    task<result<void>> pause(std::string job);
    task<result<void>> resume(std::string job);
    /// Reads the job files anew; with `dry_run` nothing is taken over.
    task<result<std::vector<file_change>>> reload(bool dry_run);
    /// A reload with other accounts, channels and retention. Runs under way keep the accounts that they began with; an
    /// account that is exchanged meanwhile would have two objects that know nothing of each other's purchases, so the
    /// caller has asked `in_use`, and has awaited nothing since. With `dry_run` nothing is taken over.
    task<result<std::vector<file_change>>> reconfigure(bool dry_run, configuration c);
    /// Finds out what the store knows these accounts as. Await it before `in_use` and `reconfigure`, which does it,
    /// too, but can refuse nothing any more. Errors: the store's.
    task<result<void>> identify(std::shared_ptr<const providers::accounts> accounts);
    /// A person says that an account whose site or login changed is the wallet that it was: what was bought before
    /// belongs to it, and its runs go on.
    ///   not_found    no such account
    ///   conflict     nothing waits for it, or both sold something under one id
    ///   unavailable  the disk, or recovery is under way
    task<result<void>> adopt_account(std::string name, std::uint32_t uid);
    /// Accounts of runs under way, and of calls that have no outcome yet.
    task<result<account_uses>> in_use();

    std::vector<job_view> jobs() const;
    std::optional<job_view> job(std::string_view name) const;
    /// Coming firings of one job, or of all that are neither paused nor disabled (empty name), soonest first.
    result<std::vector<firing_view>> next(std::string_view job, std::size_t limit,
                                          std::optional<wall_point> from) const;
    /// The last firings of a job that did not become runs, oldest first, with the reasons; those before the daemon's
    /// start come from the events in the store.
    std::vector<firing_view> missed(std::string_view job) const;
    std::size_t running() const;                                    ///< runs, without the queued
    std::vector<waiting_run_view> waiting(std::size_t limit) const; ///< for their window, or held by a person
    bool stopping() const;
    bool idle() const; ///< after stop(): no coroutine of the engine is left

    const otp_limits& otp() const;                               ///< as a reload left them; copy them before an await
    std::shared_ptr<const providers::accounts> accounts() const; ///< as they are now; hold it over awaits
    /// Asks the provider. errc::not_found: no such account; errc::unsupported: it has none to read.
    task<result<balance_view>> balance(std::string account);
    task<result<std::vector<providers::service>>> services(std::string account);

    /// `done`: it took effect; `not-done`: it did not; `write-off`: not known, let it be. Settles the effect, the items
    /// and, with the last entry of a run, the run. Errors: see resolve_entry in detail/attention_resolver.hpp.
    task<result<ledger::attention_record>> resolve(std::string id, std::string outcome, std::uint32_t uid);

  private:
    task<result<void>> recover_and_start();

    std::unique_ptr<components> components_;
    /// Recovery is behind us. A run that began before it would be taken for one that a crash had left.
    bool accepts_runs_ = false;
    bool recovery_begun_ = false;
    async::task_group::member_id clock_watcher_ = 0; ///< waits for the kernel's word; only a cancellation ends it
};

} // namespace ulak::engine
