#include "kinds/repetition.hpp"

#include "core/failpoint.hpp"
#include "kinds/waiting.hpp"

namespace ulak::kinds {

/// By the wall clock, which both starts of the process share; a clock that was set back says nothing.
bool repetition::in_time() const
{
    const wall_point sent = lost_.dispatched_at.value_or(lost_.intended_at);
    const wall_point now = context_.around().time.wall_now();
    return now >= sent && now + who_->order_timeout < sent + refused_for_;
}

task<result<void>> repetition::begin(std::chrono::milliseconds refused_for)
{
    refused_for_ = refused_for;
    co_await hear_cancellation();
    auto waiting = who_->purchase_permits->acquire();
    auto permit = co_await std::move(waiting);
    if (!permit)
        co_return permit.error();
    permit_.emplace(std::move(*permit));
    if (!in_time())
        co_return error(errc::timed_out, "too late to be refused as a duplicate");
    co_return result<void>();
}

providers::purchase_gate repetition::permit()
{
    return providers::purchase_gate(context_.time().now() + who_->order_timeout, [this] { return note(); });
}

task<result<void>> repetition::note()
{
    if (context_.stopping() || context_.cancel_asked())
        co_return error(errc::cancelled, "cancelled before it was sent");
    if (!in_time())
        co_return error(errc::timed_out, "too late to be refused as a duplicate");
    ledger::move_effect move(lost_.id, ledger::effect_state::ambiguous);
    move.at = context_.time().wall_now();
    move.evidence = lost_.evidence + "; repeated at " + rfc3339(move.at);
    ledger::batch changes;
    changes.push_back(std::move(move));
    ULAK_FAILPOINT("repeat/note");
    auto commit = context_.record().commit(std::move(changes));
    auto done = co_await out_of_reach(std::move(commit));
    ULAK_FAILPOINT("repeat/noted");
    if (!done)
        co_return done.error();
    co_return result<void>();
}

} // namespace ulak::kinds
