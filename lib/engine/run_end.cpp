// How runs are driven, cancelled and ended.
#include "core/failpoint.hpp"
#include "engine/detail/final_state.hpp"
#include "engine/detail/recovery.hpp"
#include "engine/detail/run_changes.hpp"
#include "engine/detail/runner.hpp"
#include "kinds/json_fields.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::engine {

using ledger::run_state;

namespace {

/// Between attempts to write a run's end to a disk that refuses.
constexpr auto disk_retry_interval = std::chrono::seconds(1);

constexpr char ended_between[] = "the run ended between dispatch and answer";

/// What a run has open when it ends. `turn` is held where a person's word could change how it ends.
struct open_at_end {
    explicit open_at_end(std::optional<async::permit> turn_) : lock(std::move(turn_)) {}

    std::optional<async::permit> lock;
    std::vector<ledger::effect_record> open{};
    bool is_ambiguous() const { return std::ranges::any_of(open, stays_ambiguous); }
};

task<result<open_at_end>> load_open_at_end(shared_state& c, const std::string& run, bool in_doubt)
{
    open_at_end left(std::nullopt);
    if (in_doubt) {
        auto turn = co_await c.attention_lock.acquire();
        if (!turn)
            co_return turn.error();
        left.lock = std::move(*turn);
    }
    auto open = co_await load_open_effects(c.store(), run);
    if (!open)
        co_return open.error();
    left.open = std::move(*open);
    if (left.is_ambiguous() && !in_doubt) // nothing but attention may follow from not knowing
        co_return co_await load_open_at_end(c, run, true);
    co_return left;
}

/// A person may have settled a doubt since the kind counted.
task<> refresh_counts(shared_state& c, kinds::run_context& run)
{
    if (run.run().counts.empty())
        co_return;
    auto counts = co_await c.store().count_items(run.run().id);
    if (!counts)
        co_return;
    ledger::update_run shown(run.run().id);
    shown.counts = boost::json::serialize(kinds::counts_json(*counts));
    if (*shown.counts != run.run().counts)
        co_await run.save(std::move(shown)); // shown only: the recipients themselves are right
}

} // namespace

task<> runner::drive(active_ptr r)
{
    kinds::ending e(run_state::failed);
    std::string broke;
    try {
        auto left = co_await r->job->prepared->run(r->ctx);
        e = std::move(left);
    } catch (const std::bad_alloc&) {
        throw; // nothing can be trusted now; the crew ends the process, and the next start recovers
    } catch (...) {
        broke = async::exception_text(std::current_exception());
    }
    if (broke.empty() && e.interrupted && !shared_.stopping)
        broke = "the kind left the run as if the daemon were stopping";
    const bool goes_on = shared_.stopping && (e.interrupted || !broke.empty());
    if (!goes_on) {
        r->ending = true;
        co_await shielded(finish(r, std::move(e), std::move(broke)));
    }
    ULAK_FAILPOINT("run/forget");
    remove(r);
}

task<bool> runner::try_finish(active_ptr r, const kinds::ending& e, const std::string& broke)
{
    auto left = co_await load_open_at_end(shared_, r->ctx.run().id.text(), e.state == run_state::attention);
    if (!left)
        co_return false;
    auto told = e;
    if (left->is_ambiguous())
        told.state = run_state::attention;
    const bool raises = std::ranges::find(left->open, ledger::effect_state::dispatched,
                                          &ledger::effect_record::state) != left->open.end();
    auto word = co_await decide_final_state(shared_, r->ctx, std::move(told), raises);
    if (!word)
        co_return false;
    auto end = changes_at_end(r->ctx, word->ending, broke, shared_.wall());
    ULAK_FAILPOINT("run/end");
    auto also = settle_open(left->open, ended_between, shared_.wall());
    std::ranges::move(word->changes, std::back_inserter(also));
    std::ranges::copy(end.reports, std::back_inserter(also));
    auto done = co_await r->ctx.save(std::move(end.state), std::move(also));
    ULAK_FAILPOINT("run/ended");
    if (done && left->lock)
        co_await refresh_counts(shared_, r->ctx);
    if (done)
        co_return true;
    auto stored = co_await shared_.store().run(r->ctx.run().id);
    if (!stored || !ledger::is_final(stored->state))
        co_return false;
    // The kind, or a person, was first with the state; what is to be told is told all the same.
    auto news = co_await shared_.deps.recorder.commit(std::move(end.reports));
    co_return news.has_value();
}

task<> runner::finish(active_ptr r, kinds::ending e, std::string broke)
{
    while (true) {
        const bool done = co_await try_finish(r, e, broke);
        if (done || shared_.stopping) // unwritten, it goes on from its progress at the next start
            co_return;
        co_await shared_.deps.time.sleep_for(disk_retry_interval);
    }
}

void runner::remove(const active_ptr& r)
{
    const auto id = r->ctx.run().id.text();
    active_.erase(id);
    queue_.erase(id);
    release(*r);
    for (auto& w : r->waiters)
        w.wake();
    shared_.run_ended();
}

task<result<void>> runner::cancel(run_id id)
{
    const auto found = active_.find(id.text());
    if (found == active_.end())
        co_return co_await cancel_stored(std::move(id));
    auto run = found->second;
    if (queue_.contains(id.text()))
        co_return co_await cancel_queued(std::move(run));
    if (run->ending)
        co_return error(errc::conflict, "the run is ending already");
    if (run->ctx.cancel_requested())
        co_return result<void>();
    ledger::update_run asked(id);
    asked.cancel_asked = true;
    ULAK_FAILPOINT("cancel/ask");
    auto done = co_await run->ctx.save(std::move(asked));
    ULAK_FAILPOINT("cancel/asked");
    if (!done)
        co_return done.error();
    if (!run->ctx.cancel_requested() && !run->ending) {
        run->ctx.request_cancel();
        if (run->task_id)
            shared_.run_tasks.cancel(*run->task_id);
    }
    co_return result<void>();
}

task<result<void>> runner::cancel_queued(active_ptr r)
{
    const auto id = r->ctx.run().id.text();
    queue_.erase(id);
    kinds::ending e(run_state::cancelled);
    auto end = changes_at_end(r->ctx, e, "", shared_.wall());
    end.state.cancel_asked = true;
    ULAK_FAILPOINT("cancel/queued");
    auto done = co_await r->ctx.save(std::move(end.state), std::move(end.reports));
    if (done)
        remove(r);
    else
        queue_[id] = r;
    co_return done;
}

task<result<void>> runner::cancel_stored(run_id id)
{
    auto run = co_await shared_.store().run(id);
    if (!run)
        co_return run.error();
    if (ledger::is_final(run->state))
        co_return error(errc::conflict, "the run has ended as " + std::string(name(run->state)));
    ledger::batch asked;
    ledger::update_run state(id);
    state.cancel_asked = true;
    asked.push_back(std::move(state));
    auto done = co_await shared_.deps.recorder.commit(std::move(asked));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

void runner::stop_all()
{
    for (const auto& [id, r] : active_)
        r->ctx.request_stop();
    shared_.run_tasks.cancel();
}

} // namespace ulak::engine
