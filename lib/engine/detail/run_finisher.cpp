#include "engine/detail/run_finisher.hpp"

#include "core/failpoint.hpp"
#include "engine/detail/final_state.hpp"
#include "engine/detail/open_effects.hpp"
#include "engine/detail/run_changes.hpp"
#include "kinds/json_fields.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::engine {

using ledger::effect_state;
using ledger::run_state;

namespace {

/// Between attempts to write a run's end to a disk that refuses.
constexpr auto disk_retry_interval = std::chrono::seconds(1);

constexpr char ended_between[] = "the run ended between dispatch and answer";

/// What a run has open when it ends. The lock is held where an operator's decision could change how it ends.
struct open_at_end {
    explicit open_at_end(std::optional<async::permit> lock_) : lock(std::move(lock_)) {}

    std::optional<async::permit> lock;
    std::vector<ledger::effect_record> effects{};
    bool is_ambiguous() const { return std::ranges::any_of(effects, stays_ambiguous); }
};

task<result<open_at_end>> load_open_at_end(shared_state& shared, const std::string& run, bool with_lock)
{
    open_at_end open(std::nullopt);
    if (with_lock) {
        auto lock = co_await shared.attention_lock.acquire();
        if (!lock)
            co_return lock.error();
        open.lock = std::move(*lock);
    }
    auto effects = co_await load_open_effects(shared.store(), run);
    if (!effects)
        co_return effects.error();
    open.effects = std::move(*effects);
    if (open.is_ambiguous() && !with_lock) // nothing but attention may follow from not knowing
        co_return co_await load_open_at_end(shared, run, true);
    co_return open;
}

} // namespace

task<> run_finisher::finish(active_ptr run, kinds::ending ending, std::string exception)
{
    while (true) {
        const bool done = co_await try_finish(*run, ending, exception);
        if (done || shared_.stopping)
            co_return;
        co_await shared_.deps.time.sleep_for(disk_retry_interval);
    }
}

/// False: the disk refused, and nothing has changed.
task<bool> run_finisher::try_finish(active_run& run, kinds::ending ending, const std::string& exception)
{
    // What is open decides whether the run can end as its kind says.
    auto open = co_await load_open_at_end(shared_, run.id(), ending.state == run_state::attention);
    if (!open)
        co_return false;
    if (open->is_ambiguous())
        ending.state = run_state::attention;
    const bool raises = std::ranges::find(open->effects, effect_state::dispatched, &ledger::effect_record::state) !=
                        open->effects.end();
    auto decided = co_await decide_final_state(shared_, run.context, std::move(ending), raises);
    if (!decided)
        co_return false;

    // The end, the open purchases and the reports in one commit.
    auto end = changes_at_end(run.context, decided->ending, exception, shared_.wall());
    ULAK_FAILPOINT("run/end");
    auto changes = settle_open(open->effects, ended_between, shared_.wall());
    std::ranges::move(decided->changes, std::back_inserter(changes));
    std::ranges::copy(end.reports, std::back_inserter(changes));
    auto done = co_await run.context.save(std::move(end.state), std::move(changes));
    ULAK_FAILPOINT("run/ended");
    if (!done)
        co_return co_await publish_if_final(run, std::move(end.reports));
    if (open->lock)
        co_await refresh_counts(run.context);
    co_return true;
}

/// The kind, or an operator, was first with the state: the reports go out all the same.
task<bool> run_finisher::publish_if_final(const active_run& run, ledger::batch reports)
{
    auto stored = co_await shared_.store().run(run.record().id);
    if (!stored || !ledger::is_final(stored->state))
        co_return false;
    auto published = co_await shared_.deps.recorder.commit(std::move(reports));
    co_return published.has_value();
}

/// An operator may have settled a purchase since the kind counted its recipients. For show only: the recipients
/// themselves are right, and a disk that refuses leaves the older counts.
task<> run_finisher::refresh_counts(kinds::run_context& run)
{
    if (run.run().counts.empty())
        co_return;
    auto counts = co_await run.store().count_items(run.run().id);
    if (!counts)
        co_return;
    ledger::update_run shown(run.run().id);
    shown.counts = boost::json::serialize(kinds::counts_json(*counts));
    if (*shown.counts != run.run().counts)
        co_await run.save(std::move(shown));
}

} // namespace ulak::engine
