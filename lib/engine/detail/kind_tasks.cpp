#include "engine/detail/kind_tasks.hpp"

#include "engine/detail/attention_resolver.hpp"
#include "engine/detail/run_changes.hpp"

#include <unistd.h>

#include <algorithm>

namespace ulak::engine {
namespace {

/// In the daemon's own name: no operator has decided.
task<result<void>> resolve_as_daemon(shared_state& shared, std::string entry, std::string outcome, ledger::batch also)
{
    auto resolved = co_await resolve_entry(shared, std::move(entry), std::move(outcome), ::geteuid(), std::move(also));
    if (!resolved)
        co_return resolved.error();
    co_return result<void>();
}

} // namespace

kinds::background_services kind_tasks::services() const
{
    auto& shared = shared_;
    return kinds::background_services{
        shared.environment, [&shared](const ledger::run_record& run) { return stored_run_context(shared, run); },
        [&shared](std::string entry, std::string outcome, ledger::batch also) {
            return resolve_as_daemon(shared, std::move(entry), std::move(outcome), std::move(also));
        }};
}

void kind_tasks::start()
{
    for (const auto& kind : shared_.deps.known_kinds) {
        if (!kind.background)
            continue;
        tasks_.push_back(kind.background(services()));
        auto& wakeup = shared_.kind_wakeups.emplace_back(shared_.deps.ex);
        shared_.background_tasks.spawn("background task of " + kind.definition.name, run(*tasks_.back(), wakeup));
    }
}

task<> kind_tasks::run(kinds::background_task& one, auto_reset_event& wakeup)
{
    while (!shared_.stopping) {
        auto next = co_await one.run_due();
        std::optional<async::steady_point> until;
        if (next)
            until = shared_.steady_in(std::max(*next - shared_.wall(), std::chrono::milliseconds(0)));
        co_await wakeup.wait(shared_.deps.time, until);
    }
}

} // namespace ulak::engine
