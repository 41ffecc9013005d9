#include "kinds/purchase/last_look.hpp"

#include "async/shielded.hpp"

namespace ulak::kinds {

result<void> last_look::look() const
{
    const bool cancelled = owner_ == call_owner::run && context_.cancel_requested(); // a notice is sent all the same
    if (context_.stopping() || cancelled)
        return error(errc::cancelled, "cancelled before it was sent");
    const wall_point now = context_.clock().wall_now();
    if (rules_ && rules_->until && now >= *rules_->until)
        return error(errc::window, "its time was over before it was sent");
    if (rules_ && rules_->window && !rules_->window->is_open(now))
        return error(errc::window, "the window closed before it was sent");
    return {};
}

task<result<void>> last_look::note(ledger::batch changes, effect_id except, bool& noted) const
{
    if (auto open = look(); !open)
        co_return open.error();
    ledger::check_call check;
    if (owner_ == call_owner::run)
        check.run = context_.run().id;
    if (rules_)
        check.recipients = recipient_rules_at(*rules_, context_.clock().wall_now(), std::move(except));
    changes.insert(changes.begin(), std::move(check));
    auto commit = context_.recorder().commit(std::move(changes));
    auto done = co_await async::shielded(std::move(commit));
    if (!done)
        co_return done.error();
    noted = true;
    co_return look(); // the commit took its time
}

} // namespace ulak::kinds
