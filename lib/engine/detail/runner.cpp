#include "engine/detail/runner.hpp"

#include "async/deadline.hpp"
#include "core/failpoint.hpp"
#include "engine/detail/run_changes.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::run_state;

namespace {

std::string key_of(const start_request& r)
{
    return r.idempotency_key.empty() ? std::string() : "key:" + r.job + ":" + r.idempotency_key;
}

} // namespace

active_run::active_run(const kinds::run_environment& around, ledger::run_record record,
                       std::shared_ptr<const loaded_job> job_, std::map<std::string, std::string> params)
    : job(std::move(job_)), ctx(around, std::move(record), job->document.limits, job->document.notify, std::move(params))
{}

result<draft> runner::new_draft(const std::string& job, std::shared_ptr<const loaded_job> good,
                             const boost::json::object& params, const std::string& trigger) const
{
    auto bound = job::bind_parameters(good->document.parameters, params);
    if (!bound)
        return bound.error();
    ledger::run_record run;
    run.id = run_id(fresh_id(shared_));
    run.job = job;
    run.kind = good->document.kind;
    run.trigger = trigger;
    run.definition = good->document.source;
    run.params = params_json(good->document.parameters, *bound);
    run.created_at = shared_.wall();
    return draft(std::move(run), std::move(good), std::move(*bound));
}

active_ptr runner::make_active(draft d) const
{
    return std::make_shared<active_run>(shared_.environment, std::move(d.run), std::move(d.job), std::move(d.params));
}

ledger::batch runner::initial_changes(active_run& r) const
{
    ledger::batch all;
    all.push_back(ledger::create_run{r.ctx.run()});
    if (r.ctx.run().state == run_state::running)
        std::ranges::move(reports_at_start(r.ctx), std::back_inserter(all));
    return all;
}

result<std::shared_ptr<const loaded_job>> runner::find_startable(const std::string& job) const
{
    const auto* entry = shared_.jobs.find(job);
    if (!entry)
        return error(errc::not_found, "there is no job " + job);
    if (!entry->good)
        return error(errc::conflict, "the file of job " + job + " is broken, and there is no good version of it");
    return entry->good;
}

result<std::shared_ptr<const loaded_job>> runner::requested_job(const start_request& r) const
{
    if (r.definition.empty())
        return find_startable(r.job);
    yaml::problems found;
    auto made = shared_.jobs.from_text(r.job, r.definition, found);
    if (made)
        return made;
    const auto bad = std::ranges::find(found, yaml::severity::error, &yaml::problem::level);
    return error(errc::invalid_argument, bad == found.end() ? std::string("this cannot be run") : bad->text);
}

result<active_ptr> runner::admit(const start_request& r, const std::string& key)
{
    auto good = requested_job(r);
    if (!good)
        return good.error();
    if (shared_.stopping)
        return error(errc::unavailable, "the daemon is stopping");
    if (!(*good)->document.enabled)
        return error(errc::paused, "job " + r.job + " is disabled in its file");
    if (shared_.paused_jobs.contains(r.job))
        return error(errc::paused, "job " + r.job + " is paused");
    auto d = new_draft(r.job, *good, r.params, r.trigger);
    if (!d)
        return d.error();
    d->run.state = run_state::running;
    d->run.started_at = d->run.created_at;
    d->run.unique_key = key;
    auto ready = make_active(std::move(*d));
    if (!reserve(*ready))
        return error(errc::conflict, "job " + r.job + " is already running as often as its concurrency allows");
    return ready;
}

/// A key stands for one wish: with other parameters it is a slip, and the run that it names is not the one that is
/// meant.
result<start_result> runner::match_existing(const start_request& r, const ledger::run_record& before)
{
    yaml::problems found;
    const auto job = shared_.jobs.from_definition(before.job, before.definition, found);
    const auto bound = job ? job::bind_parameters(job->document.parameters, r.params) : result<std::map<std::string, std::string>>();
    const bool known = job && bound && r.definition.empty();
    if (known && params_json(job->document.parameters, *bound) != before.params)
        return error(errc::conflict,
                     "the Idempotency-Key belongs to run " + before.id.text() + ", which has other parameters");
    return start_result{before.id, true};
}

task<result<std::optional<start_result>>> runner::find_existing(const start_request& r)
{
    std::optional<start_result> none;
    auto key = key_of(r);
    if (key.empty())
        co_return none;
    auto before = co_await shared_.store().run_by_key(std::move(key));
    if (!before)
        co_return before.error();
    if (!*before)
        co_return none;
    auto same = match_existing(r, **before);
    if (!same)
        co_return same.error();
    co_return std::optional<start_result>(std::move(*same));
}

task<result<start_result>> runner::start(start_request r)
{
    auto known = co_await find_existing(r);
    if (!known)
        co_return known.error();
    if (*known)
        co_return std::move(**known);
    const auto key = key_of(r);
    auto fresh = co_await start_new(r, key);
    if (fresh || fresh.error().code != errc::conflict)
        co_return fresh;
    // Another request with the same key may have been on its way to the disk: reads queue behind it.
    known = co_await find_existing(r);
    if (!known)
        co_return known.error();
    if (*known)
        co_return std::move(**known);
    co_return fresh;
}

task<result<start_result>> runner::start_new(start_request& r, const std::string& key)
{
    auto ready = admit(r, key);
    if (!ready)
        co_return ready.error();
    auto all = initial_changes(**ready);
    ULAK_FAILPOINT("run/birth");
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    if (!done) {
        release(**ready);
        co_return done.error();
    }
    ULAK_FAILPOINT("run/born");
    start_result s{(*ready)->ctx.run().id, false};
    launch(std::move(*ready));
    ULAK_FAILPOINT("run/launched");
    co_return s;
}

task<result<ledger::run_record>> runner::wait(run_id id, async::steady_point deadline)
{
    const auto found = active_.find(id.text());
    if (found != active_.end()) {
        auto run = found->second;
        auto ended = co_await wait_in_line(run->waiters, shared_.deps.time, deadline);
        if (!ended && ended.error().code == errc::cancelled)
            co_return ended.error();
    }
    co_return co_await shared_.store().run(std::move(id));
}

task<result<boost::json::object>> runner::plan(std::string job, boost::json::object params)
{
    auto good = find_startable(job);
    if (!good)
        co_return good.error();
    auto d = new_draft(job, *good, params, "plan");
    if (!d)
        co_return d.error();
    auto run = make_active(std::move(*d));
    co_return co_await run->job->prepared->plan(run->ctx);
}

} // namespace ulak::engine
