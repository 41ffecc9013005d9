#include "engine/detail/run_starter.hpp"

#include "core/failpoint.hpp"
#include "engine/detail/run_params.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::run_state;

namespace {

std::string unique_key_of(const start_request& request)
{
    return request.idempotency_key.empty() ? std::string() : "key:" + request.job + ":" + request.idempotency_key;
}

} // namespace

/// A key stands for one request: with other parameters it is a slip, and the run it names is not the one that is meant.
result<start_result> run_starter::match_existing(const start_request& request, const ledger::run_record& before)
{
    yaml::problems ignored;
    if (request.only != before.only || request.of != before.of.text())
        return error(errc::conflict, "the Idempotency-Key belongs to run " + before.id.text() +
                                         ", which does not go on with the same recipients");
    const auto job = shared_.jobs.from_definition(before.job, before.definition, ignored);
    if (!job || !request.definition.empty())
        return start_result{before.id, true};
    const auto bound = job::bind_parameters(job->document.parameters, request.params);
    if (bound && params_json(job->document.parameters, *bound) != before.params)
        return error(errc::conflict,
                     "the Idempotency-Key belongs to run " + before.id.text() + ", which has other parameters");
    return start_result{before.id, true};
}

task<result<std::optional<start_result>>> run_starter::find_existing(const start_request& request)
{
    std::optional<start_result> none;
    auto key = unique_key_of(request);
    if (key.empty())
        co_return none;
    auto before = co_await shared_.store().run_by_key(std::move(key));
    if (!before)
        co_return before.error();
    if (!*before)
        co_return none;
    auto same = match_existing(request, **before);
    if (!same)
        co_return same.error();
    co_return std::optional<start_result>(std::move(*same));
}

task<result<start_result>> run_starter::start(start_request request)
{
    auto known = co_await find_existing(request);
    if (!known)
        co_return known.error();
    if (*known)
        co_return std::move(**known);
    auto fresh = co_await start_new(request);
    if (fresh || fresh.error().code != errc::conflict)
        co_return fresh;
    // Another request with the same key may have been on its way to the disk: reads queue behind it.
    known = co_await find_existing(request);
    if (!known)
        co_return known.error();
    if (*known)
        co_return std::move(**known);
    co_return fresh;
}

result<std::shared_ptr<const loaded_job>> run_starter::requested_job(const start_request& request) const
{
    if (request.definition.empty())
        return factory_.find_startable(request.job);
    yaml::problems problems;
    auto made = shared_.jobs.from_text(request.job, request.definition, problems);
    if (made)
        return made;
    const auto bad = std::ranges::find(problems, yaml::severity::error, &yaml::problem::level);
    return error(errc::invalid_argument, bad == problems.end() ? std::string("this cannot be run") : bad->text);
}

/// A run with its slot reserved, ready to be stored as running.
result<active_ptr> run_starter::admit(const start_request& request)
{
    auto job = requested_job(request);
    if (!job)
        return job.error();
    if (shared_.stopping)
        return error(errc::unavailable, "the daemon is stopping");
    if (!(*job)->document.enabled)
        return error(errc::paused, "job " + request.job + " is disabled in its file");
    if (shared_.paused_jobs.contains(request.job))
        return error(errc::paused, "job " + request.job + " is paused");
    if (auto doubt = shared_.deps.time.wall_doubt(); !doubt.empty() && factory_.spends(**job))
        return error(errc::paused, std::move(doubt));
    if (!request.of.empty() && !(*job)->prepared->can_go_on())
        return error(errc::unsupported, "a run of " + (*job)->document.kind + " cannot go on with an earlier one");
    auto draft = factory_.new_draft(request.job, *job, request.params, request.trigger);
    if (!draft)
        return draft.error();
    draft->run.state = run_state::running;
    draft->run.started_at = draft->run.created_at;
    draft->run.unique_key = unique_key_of(request);
    draft->run.only = request.only;
    draft->run.of = run_id(request.of);
    auto run = factory_.make_active(std::move(*draft));
    if (!runs_.reserve(*run))
        return error(errc::conflict, "job " + request.job + " is already running as often as its concurrency allows");
    return run;
}

/// What a new run may go on with: an ended run of the same job.
task<result<void>> run_starter::check_earlier_run(const start_request& request)
{
    if (request.only.empty() && request.of.empty())
        co_return result<void>();
    if (request.only != "failed" && request.only != "rejected" && request.only != "unsent")
        co_return error(errc::invalid_argument, "only is failed, rejected or unsent, and needs of: the earlier run");
    auto earlier = co_await shared_.store().run(run_id(request.of));
    if (!earlier && earlier.error().code == errc::not_found)
        co_return error(errc::not_found, "there is no run " + request.of + " to go on with");
    if (!earlier)
        co_return earlier.error();
    if (earlier->job != request.job)
        co_return error(errc::invalid_argument, "run " + request.of + " is one of job " + earlier->job);
    if (!ledger::is_final(earlier->state))
        co_return error(errc::conflict, "run " + request.of + " has not ended: what it sends is not known yet");
    co_return result<void>();
}

task<result<start_result>> run_starter::start_new(const start_request& request)
{
    auto earlier = co_await check_earlier_run(request);
    if (!earlier)
        co_return earlier.error();
    auto run = admit(request);
    if (!run)
        co_return run.error();
    auto changes = factory_.initial_changes(**run);
    ULAK_FAILPOINT("run/birth");
    auto done = co_await shared_.deps.recorder.commit(std::move(changes));
    if (!done) {
        runs_.release(**run);
        co_return done.error();
    }
    ULAK_FAILPOINT("run/born");
    start_result started{(*run)->record().id, false};
    runs_.launch(std::move(*run));
    ULAK_FAILPOINT("run/launched");
    co_return started;
}

task<result<boost::json::object>> run_starter::plan(std::string job, boost::json::object params)
{
    auto loaded = factory_.find_startable(job);
    if (!loaded)
        co_return loaded.error();
    auto draft = factory_.new_draft(job, *loaded, params, "plan");
    if (!draft)
        co_return draft.error();
    auto run = factory_.make_active(std::move(*draft));
    co_return co_await run->job->prepared->plan(run->context);
}

} // namespace ulak::engine
