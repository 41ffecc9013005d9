#include "kinds/run_context.hpp"

#include "async/backoff.hpp"
#include "core/failpoint.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace ulak::kinds {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds first_disk_retry(1);
constexpr std::chrono::seconds longest_disk_retry(30);

bool has_moment(const job::notify_rule& rule, const std::string& moment)
{
    return std::find(rule.when.begin(), rule.when.end(), moment) != rule.when.end();
}

/// A plain function, so that the coroutine around it holds no half-built batch.
ledger::batch with_run_update(const ledger::update_run& state, const ledger::batch& also)
{
    ledger::batch all;
    all.reserve(also.size() + 1);
    all.push_back(state);
    all.insert(all.end(), also.begin(), also.end());
    return all;
}

} // namespace

run_context::run_context(run_environment around, ledger::run_record run, job::budget limits, std::vector<job::notify_rule> rules,
                 std::map<std::string, std::string> params)
    : environment_(std::move(around)),
      run_(std::move(run)),
      budget_(std::move(limits)),
      notify_rules_(std::move(rules)),
      params_(std::move(params)),
      cancel_requested_(run_.cancel_asked)
{}

std::shared_ptr<providers::account> run_context::account(const std::string& name) const
{
    const auto found = environment_.accounts->find(name);
    return found == environment_.accounts->end() ? nullptr : found->second;
}

ledger::append_event run_context::event(const char* what, events::level severity, std::string message,
                                    json::object data) const
{
    events::event e(what, severity, std::move(message));
    e.job = run_.job;
    e.run = run_.id.text();
    e.kind = run_.kind;
    e.data = std::move(data);
    return ledger::append_event{std::move(e)};
}

ledger::batch run_context::notices(const std::string& moment, const std::string& text, json::object data) const
{
    ledger::batch all;
    const wall_point now = environment_.clock.wall_now();
    for (const job::notify_rule& rule : notify_rules_) {
        if (!has_moment(rule, moment))
            continue;
        ledger::put_notice change;
        change.notice.id = notice_id(make_ulid(unix_ms(now)));
        change.notice.channel = rule.channel;
        change.notice.moment = moment;
        change.notice.next_at = now;
        json::object body;
        body["id"] = change.notice.id.text();
        body["event"] = moment;
        body["time"] = rfc3339(now);
        body["job"] = run_.job;
        body["run"] = run_.id.text();
        body["kind"] = run_.kind;
        body["text"] = text;
        body["data"] = data;
        change.notice.body = json::serialize(body);
        all.push_back(std::move(change));
    }
    return all;
}

void run_context::apply_saved(const ledger::update_run& state)
{
    const auto take = [](auto& ours, const auto& given) {
        if (given)
            ours = *given;
    };
    take(run_.state, state.state);
    take(run_.progress, state.progress);
    take(run_.counts, state.counts);
    take(run_.result, state.result);
    take(run_.error_code, state.error_code);
    take(run_.error_message, state.error_message);
    take(run_.cancel_asked, state.cancel_asked);
    if (state.started_at)
        run_.started_at = state.started_at;
    if (state.finished_at)
        run_.finished_at = state.finished_at;
}

task<result<void>> run_context::save(ledger::update_run state, ledger::batch also)
{
    state.id = run_.id;
    auto all = with_run_update(state, also);
    ULAK_FAILPOINT("run/save");
    auto work = recorder().commit(std::move(all));
    auto done = co_await shielded(std::move(work));
    if (!done)
        co_return done.error();
    ULAK_FAILPOINT("run/saved");
    apply_saved(state);
    co_return result<void>();
}

task<result<void>> run_context::save_with_retry(ledger::update_run state, ledger::batch also)
{
    async::backoff waits(first_disk_retry, 2, longest_disk_retry, 0);
    while (true) {
        auto once = save(state, also);
        auto done = co_await std::move(once);
        if (done || done.error().code != errc::unavailable)
            co_return done;
        if (stopping())
            co_return error(errc::cancelled, "the daemon stops before the disk took the run's state");
        const auto pause = waits.next(1);
        co_await sleep_for(*this, pause);
    }
}

task<result<void>> run_context::save_progress(json::object progress, ledger::batch also)
{
    ledger::update_run state(run_.id);
    state.progress = json::serialize(progress);
    auto work = save_with_retry(std::move(state), std::move(also));
    co_return co_await std::move(work);
}

} // namespace ulak::kinds
