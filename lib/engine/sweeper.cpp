#include "engine/sweeper.hpp"

#include "core/failpoint.hpp"

namespace ulak::engine {
namespace {

constexpr auto between_codes = std::chrono::minutes(1);
constexpr auto between_all = std::chrono::hours(24);
/// Whoever asks first after a start does not wait for a look at all that is old.
constexpr auto until_first_all = std::chrono::minutes(1);
/// Room for the commits of runs between two slices of a large sweep.
constexpr auto between_slices = std::chrono::milliseconds(100);

} // namespace

ledger::purge sweeper::what_is_due(bool all) const
{
    const auto now = core_.wall();
    ledger::purge p;
    p.codes_before = now - core_.given.keep.codes;
    if (all) {
        p.items_before = now - core_.given.keep.items;
        p.runs_before = now - core_.given.keep.runs;
    }
    return p;
}

task<> sweeper::sweep(bool all)
{
    const auto due = what_is_due(all);
    bool more = true;
    while (more && !core_.stopping) {
        ledger::batch forget;
        forget.push_back(due);
        ULAK_FAILPOINT("sweep/forget");
        auto slice = co_await core_.given.record.commit(std::move(forget));
        ULAK_FAILPOINT("sweep/forgot");
        // A disk that refuses now is asked again at the next round.
        more = slice && slice->more_to_purge;
        if (more)
            co_await core_.given.time.sleep_for(between_slices);
    }
}

task<> sweeper::loop()
{
    const auto& time = core_.given.time;
    // At start there may be codes of runs that ended before it.
    auto codes_until = time.now() + core_.given.keep.codes + 2 * between_codes;
    auto next_all = time.now() + until_first_all;
    auto next_codes = time.now();
    while (!core_.stopping) {
        const auto now = time.now();
        const bool all = now >= next_all;
        if (all || now >= next_codes) {
            co_await sweep(all);
            next_codes = now + between_codes;
            if (all)
                next_all = now + between_all;
        }
        const auto next = next_codes < codes_until ? std::min(next_codes, next_all) : next_all;
        const bool rung = co_await core_.sweep_bell.wait(core_.given.time, next);
        if (rung)
            codes_until = time.now() + core_.given.keep.codes + 2 * between_codes;
    }
}

} // namespace ulak::engine
