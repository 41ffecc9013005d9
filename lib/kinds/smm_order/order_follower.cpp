#include "kinds/smm_order/order_follower.hpp"

#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "kinds/smm_order/order_charge.hpp"
#include "kinds/smm_order/order_result.hpp"
#include "kinds/smm_order/poll_changes.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <vector>

namespace ulak::kinds::smm {

using ledger::run_state;

ending order_follower::ending_of(outcome end) const
{
    switch (end) {
    case outcome::completed:
    case outcome::partial: return ending(run_state::succeeded);
    case outcome::gave_up:
        return ending(run_state::attention, error(errc::timed_out, "the order did not end in time, see attention"));
    default:
        return ending(run_state::failed,
                      error(errc::transient,
                            "the panel ended the order as " + printable(run_.progress.machine_state.status_text, 40)));
    }
}

/// No panel documents a cancel: the order itself goes on, and stays paid.
ending order_follower::left_behind() const
{
    const progress& p = run_.progress;
    const state& last = p.machine_state;
    std::string text = "the run is cancelled, but order " + p.order + " goes on at the panel: ";
    text += last.status_text.empty() ? std::string("not seen yet") : printable(last.status_text, 40);
    if (last.remains)
        text += ", " + std::to_string(*last.remains) + " remain";
    if (p.cost)
        text += "; " + p.cost->text() + " are paid";
    return ending(run_state::cancelled, error(errc::cancelled, std::move(text)));
}

/// What the panel took beyond what was reckoned, which becomes the order's cost, and what it says to have given back.
task<poll_money> order_follower::look_at_money(outcome end, const std::optional<providers::panel_status>& seen)
{
    poll_money moved;
    if (!seen)
        co_return moved;
    if (auto more = excess_charge(run_.progress, *seen)) {
        moved.reckoned = run_.progress.cost;
        run_.progress.cost = std::move(more);
    }
    moved.refund = co_await check_refund(run_, refund_of(run_.progress, end, *seen));
    co_return moved;
}

/// In one commit with the charge, the refund, the notices and the attention entries that follow from it.
task<result<void>> order_follower::save_poll(const transition& t, const std::optional<providers::panel_status>& seen)
{
    const auto moved = co_await look_at_money(t.next_state.ended_as, seen);
    if (run_.context.stopping())
        co_return error(errc::cancelled, "the daemon stops");
    run_.progress.machine_state = t.next_state;
    if (!t.changed && !t.newly_stalled && !moved.reckoned && t.next_action != action::finish)
        co_return result<void>();
    ledger::update_run state(run_.context.run().id);
    state.progress = boost::json::serialize(to_json(run_.progress));
    if (seen)
        state.result = boost::json::serialize(result_json(run_.progress, seen));
    co_return co_await run_.context.save_with_retry(std::move(state), poll_changes(run_, t, seen, moved));
}

/// What the panel says about the order. nullopt: it failed, or did not mention it.
task<std::optional<providers::panel_status>> order_follower::poll()
{
    std::vector<std::string> ids{run_.progress.order};
    auto answers =
        co_await run_.account->panel->status(std::move(ids), run_.context.clock().now() + run_.account->read_timeout);
    ULAK_FAILPOINT("order/status");
    std::optional<providers::panel_status> seen;
    std::optional<error> failure;
    if (!answers)
        failure = answers.error();
    else if (const auto own = answers->find(run_.progress.order); own != answers->end() && own->second)
        seen = *own->second;
    else if (own != answers->end())
        failure = own->second.error();
    if (failure)
        co_await run_.failures.report_failure(*run_.account, "panel.status", *failure);
    else
        run_.failures.report_success(*run_.account, "panel.status");
    co_return seen;
}

task<ending> order_follower::follow()
{
    run_context& c = run_.context;
    state& machine = run_.progress.machine_state;
    // The order's age by the wall clock when this process takes it up, and by the steady clock from then on.
    const async::steady_point start = c.clock().now();
    // Nothing is given up by a clock that is in doubt.
    const bool trusted = c.clock().wall_doubt().empty();
    const age age_at_start(trusted ? std::max(age(0), c.clock().wall_now() - run_.progress.placed_at) : age(0));
    const auto now = [&] { return age_at_start + std::chrono::duration_cast<age>(c.clock().now() - start); };
    if (machine.ended_as != outcome::open)
        co_return ending_of(machine.ended_as);
    machine.wake_at = now() + run_.settings.tracking.poll_first;
    while (true) {
        co_await sleep_until(c, start + (machine.wake_at - age_at_start));
        if (c.stopping())
            co_return ending::stopped();
        if (c.cancel_requested())
            co_return left_behind();
        if (after_sleep(machine, now()).next_action == action::sleep)
            continue;
        const auto seen = co_await poll();
        const transition t = after_poll(run_.settings.tracking, machine, seen ? &*seen : nullptr, now());
        auto saved = co_await save_poll(t, seen);
        ULAK_FAILPOINT("order/kept");
        if (!saved && c.stopping())
            co_return ending::stopped();
        if (!saved)
            co_return ending(run_state::attention,
                             error(errc::contract, "the state of a paid order could not be written"));
        if (t.next_action == action::finish)
            co_return ending_of(t.next_state.ended_as);
    }
}

} // namespace ulak::kinds::smm
