#include "kinds/run_context.hpp"

#include "kinds/notices.hpp"

#include "async/shielded.hpp"
#include "core/failpoint.hpp"
#include "kinds/disk_retry.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace ulak::kinds {
namespace {

namespace json = boost::json;

/// Not a coroutine, so that no coroutine frame holds a half-built batch.
ledger::batch with_run_update(const ledger::update_run& state, const ledger::batch& also)
{
    ledger::batch all;
    all.reserve(also.size() + 1);
    all.push_back(state);
    all.insert(all.end(), also.begin(), also.end());
    return all;
}

} // namespace

run_context::run_context(run_environment environment, ledger::run_record run, job::budget budget,
                         std::vector<job::notify_rule> rules, std::map<std::string, std::string> params)
    : environment_(std::move(environment)),
      run_(std::move(run)),
      budget_(std::move(budget)),
      notify_rules_(std::move(rules)),
      params_(std::move(params)),
      cancel_requested_(run_.cancel_asked)
{}

std::shared_ptr<providers::account> run_context::account(const std::string& name) const
{
    const auto found = environment_.accounts->find(name);
    return found == environment_.accounts->end() ? nullptr : found->second;
}

ledger::append_event run_context::event(const char* name, events::level severity, std::string message,
                                        json::object data) const
{
    events::event e(name, severity, std::move(message));
    e.job = run_.job;
    e.run = run_.id.text();
    e.kind = run_.kind;
    e.data = std::move(data);
    return ledger::append_event{std::move(e)};
}

ledger::append_event run_context::event(const providers::account& about, const char* name, events::level severity,
                                        std::string message, json::object data) const
{
    auto change = event(name, severity, std::move(message), std::move(data));
    change.event.account = about.name;
    change.event.provider = about.provider;
    return change;
}

ledger::batch run_context::notices(const std::string& moment, const std::string& text, json::object data) const
{
    return notices_of(notify_rules_, {run_.job, run_.id.text(), run_.kind}, moment, text, data,
                      environment_.clock.wall_now());
}

void run_context::apply_saved(const ledger::update_run& state)
{
    const auto apply = [](auto& ours, const auto& given) {
        if (given)
            ours = *given;
    };
    apply(run_.state, state.state);
    apply(run_.progress, state.progress);
    apply(run_.counts, state.counts);
    apply(run_.result, state.result);
    apply(run_.error_code, state.error_code);
    apply(run_.error_message, state.error_message);
    apply(run_.cancel_asked, state.cancel_asked);
    if (state.state && *state.state != ledger::run_state::paused)
        run_.waits = ledger::run_wait();
    apply(run_.waits, state.waits);
    if (state.started_at)
        run_.started_at = state.started_at;
    if (state.finished_at)
        run_.finished_at = state.finished_at;
}

void run_context::request_resume()
{
    pause_requested_ = false;
    for (auto& waiter : resume_waiters_)
        waiter.wake();
}

void run_context::stop_acting()
{
    if (const auto then = std::exchange(after_acting_, nullptr))
        then();
}

task<result<void>> run_context::save(ledger::update_run state, ledger::batch also)
{
    state.id = run_.id;
    auto all = with_run_update(state, also);
    ULAK_FAILPOINT("run/save");
    auto commit = recorder().commit(std::move(all));
    auto done = co_await async::shielded(std::move(commit));
    if (!done)
        co_return done.error();
    ULAK_FAILPOINT("run/saved");
    apply_saved(state);
    co_return result<void>();
}

task<result<void>> run_context::save_with_retry(ledger::update_run state, ledger::batch also)
{
    std::function<task<result<void>>()> attempt = [&] { return save(state, also); };
    co_return co_await retry_while_disk_refuses(*this, on_stop::give_up, std::move(attempt));
}

task<result<void>> run_context::save_progress(json::object progress, ledger::batch also)
{
    ledger::update_run state(run_.id);
    state.progress = json::serialize(progress);
    return save_with_retry(std::move(state), std::move(also));
}

} // namespace ulak::kinds
