#include "engine/detail/run_pauser.hpp"

#include "core/failpoint.hpp"
#include "events/event_names.hpp"

namespace ulak::engine {

using ledger::run_state;

/// The run in memory, where it is under way.
task<result<active_ptr>> run_pauser::find(run_id id)
{
    if (auto run = runs_.active().find(id)) {
        if (run->ending)
            co_return error(errc::conflict, "the run is ending already");
        co_return run;
    }
    auto stored = co_await shared_.store().run(std::move(id));
    if (!stored)
        co_return stored.error();
    if (ledger::is_final(stored->state))
        co_return error(errc::conflict, "the run has ended as " + std::string(name(stored->state)));
    co_return error(errc::conflict, "the run is not under way");
}

task<result<void>> run_pauser::pause(run_id id)
{
    auto run = co_await find(std::move(id));
    if (!run)
        co_return run.error();
    kinds::run_context& context = (*run)->context;
    if (!(*run)->job->prepared->can_pause())
        co_return error(errc::unsupported,
                        "a run of " + (*run)->record().kind + " cannot be held: it buys what runs out");
    if (!(*run)->task_id)
        co_return error(errc::conflict, "the run has not begun: pause its job, or cancel it");
    if (!(*run)->holds_slot)
        co_return error(errc::conflict, "everything is sent, and the run waits for reports alone");
    if (context.pause_requested())
        co_return result<void>();
    // The run itself does not show another state from now on.
    context.request_pause();
    ledger::update_run state((*run)->record().id);
    state.state = run_state::paused;
    state.waits = ledger::run_wait(ledger::waits_for_resume);
    ledger::batch told;
    told.push_back(context.event(events::run_paused, events::level::notice, "the run is held by hand"));
    ULAK_FAILPOINT("pause/ask");
    auto done = co_await context.save(std::move(state), std::move(told));
    ULAK_FAILPOINT("pause/asked");
    if (!done)
        context.request_resume();
    co_return done;
}

task<result<void>> run_pauser::resume(run_id id)
{
    auto run = co_await find(std::move(id));
    if (!run)
        co_return run.error();
    kinds::run_context& context = (*run)->context;
    if (!context.pause_requested())
        co_return error(errc::conflict, "nobody holds the run");
    const ledger::run_wait own = context.own_wait();
    ledger::update_run state((*run)->record().id);
    state.state = own.what.empty() ? run_state::running : run_state::paused;
    state.waits = own;
    ledger::batch told;
    told.push_back(context.event(events::run_resumed, events::level::notice, "the run is let go on by hand"));
    ULAK_FAILPOINT("resume/ask");
    auto done = co_await context.save(std::move(state), std::move(told));
    ULAK_FAILPOINT("resume/asked");
    if (done)
        context.request_resume();
    co_return done;
}

} // namespace ulak::engine
