#include "kinds/purchase/safe_repeat.hpp"

#include "async/shielded.hpp"
#include "core/failpoint.hpp"
#include "kinds/waiting.hpp"

namespace ulak::kinds {

/// Compares wall times, which survive a restart of the process. A clock that was set back proves nothing.
bool safe_repeat::is_still_refused() const
{
    const wall_point sent = ambiguous_.dispatched_at.value_or(ambiguous_.intended_at);
    const wall_point now = context_.environment().clock.wall_now();
    return context_.environment().clock.wall_doubt().empty() && now >= sent &&
           now + account_->order_timeout < sent + duplicate_window_;
}

task<result<void>> safe_repeat::reserve(std::chrono::milliseconds refused_for)
{
    duplicate_window_ = refused_for;
    co_await reset_cancellation();
    auto permit = co_await account_->purchase_permits->acquire();
    if (!permit)
        co_return permit.error();
    permit_.emplace(std::move(*permit));
    if (!is_still_refused())
        co_return error(errc::timed_out, "too late to be refused as a duplicate");
    co_return result<void>();
}

providers::purchase_gate safe_repeat::gate()
{
    return providers::purchase_gate(context_.clock().now() + account_->order_timeout,
                                    [this] { return record_repeat(); });
}

task<result<void>> safe_repeat::record_repeat()
{
    if (!is_still_refused())
        co_return error(errc::timed_out, "too late to be refused as a duplicate");
    ledger::move_effect move(ambiguous_.id, ledger::effect_state::ambiguous);
    move.at = context_.clock().wall_now();
    move.evidence = ambiguous_.evidence + "; to be repeated at " + rfc3339(move.at);
    std::string noted_evidence = move.evidence;
    ULAK_FAILPOINT("repeat/note");
    const last_look look(context_, call_owner::run, rules_);
    bool noted = false;
    auto done = co_await look.note(ledger::batch(1, std::move(move)), ambiguous_.id, noted);
    ULAK_FAILPOINT("repeat/noted");
    if (!done && noted)
        co_await take_back(std::move(noted_evidence), done.error());
    co_return done;
}

/// The note is on disk and no byte may leave. A disk that refuses leaves the note as it is: that it was to be repeated.
task<> safe_repeat::take_back(std::string evidence, const error& why)
{
    ledger::move_effect move(ambiguous_.id, ledger::effect_state::ambiguous);
    move.at = context_.clock().wall_now();
    move.evidence = std::move(evidence) + "; not repeated: " + why.message;
    auto commit = context_.recorder().commit(ledger::batch(1, std::move(move)));
    co_await async::shielded(std::move(commit));
}

} // namespace ulak::kinds
