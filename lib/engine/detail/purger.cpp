#include "engine/detail/purger.hpp"

#include "core/failpoint.hpp"

namespace ulak::engine {
namespace {

constexpr auto codes_interval = std::chrono::minutes(1);
constexpr auto full_interval = std::chrono::hours(24);
/// The first requests after a start do not wait for a search through all that is old.
constexpr auto first_full_delay = std::chrono::minutes(1);
/// Room for the commits of runs between two slices of a large purge.
constexpr auto slice_pause = std::chrono::milliseconds(100);

} // namespace

ledger::purge purger::due_purge(bool all) const
{
    const auto now = shared_.wall();
    ledger::purge p;
    p.codes_before = now - shared_.deps.retention_periods.codes;
    for (const auto& kind : shared_.deps.known_kinds) {
        if (!kind.secret_results.empty())
            p.secrets.push_back(ledger::result_keys{kind.definition.name, kind.secret_results});
        if (!kind.phone_results.empty())
            p.numbers.push_back(ledger::result_keys{kind.definition.name, kind.phone_results});
        if (kind.keeps_progress)
            p.kept_progress.push_back(kind.definition.name);
    }
    if (all) {
        p.items_before = now - shared_.deps.retention_periods.items;
        p.runs_before = now - shared_.deps.retention_periods.runs;
        // Who was messaged is remembered as long as any job asks; of a broken job nobody knows how long that is.
        // A run that waits for its account asks when it goes on.
        const auto longest = shared_.jobs.longest_asked_back();
        p.messaged_since = longest && held_.knows_all_jobs() ? now - *longest : wall_point();
    }
    return p;
}

task<> purger::purge(bool all)
{
    const auto due = due_purge(all);
    bool more = shared_.wall_trusted(); // it may have jumped between the two looks
    while (more && !shared_.stopping) {
        ledger::batch changes;
        changes.push_back(due);
        ULAK_FAILPOINT("sweep/forget");
        auto slice = co_await shared_.deps.recorder.commit(std::move(changes));
        ULAK_FAILPOINT("sweep/forgot");
        more = slice && slice->more_to_purge;
        if (more)
            co_await shared_.deps.time.sleep_for(slice_pause);
    }
}

task<> purger::loop()
{
    const auto& time = shared_.deps.time;
    // Runs that ended before the start may have left secrets.
    auto codes_until = time.now() + shared_.deps.retention_periods.codes + 2 * codes_interval;
    auto next_all = time.now() + first_full_delay;
    auto next_codes = time.now();
    while (!shared_.stopping) {
        const auto now = time.now();
        const bool trusted = shared_.wall_trusted(); // what a clock that is ahead takes for old may be new
        const bool all = trusted && now >= next_all;
        if (all || (trusted && now >= next_codes)) {
            co_await purge(all);
            next_codes = now + codes_interval;
            if (all)
                next_all = now + full_interval;
        }
        auto next = next_codes < codes_until ? std::min(next_codes, next_all) : next_all;
        if (!trusted)
            next = now + codes_interval;
        const bool woken = co_await shared_.purge_wakeup.wait(shared_.deps.time, next);
        if (woken)
            codes_until = time.now() + shared_.deps.retention_periods.codes + 2 * codes_interval;
    }
}

} // namespace ulak::engine
