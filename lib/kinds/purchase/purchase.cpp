#include "kinds/purchase/purchase.hpp"

#include "async/shielded.hpp"
#include "core/failpoint.hpp"
#include "kinds/disk_retry.hpp"
#include "kinds/purchase/budget_limits.hpp"
#include "kinds/purchase/changes.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/purchase/reconcile_wait.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <cassert>

namespace ulak::kinds {
namespace {

using ledger::effect_state;
using providers::classification;

/// The number of the next attempt at the step. errc::conflict: an earlier purchase forbids one.
task<result<int>> free_attempt(const purchase_record& p)
{
    if (p.request.attempt > 0)
        co_return p.request.attempt;
    ledger::effect_query q;
    q.run = p.context.run().id.text();
    auto earlier = co_await p.context.store().effects(std::move(q));
    if (!earlier)
        co_return earlier.error();
    int attempt = 1;
    for (const ledger::effect_record& e : *earlier) {
        const bool same_step = e.step == p.request.step;
        if (same_step)
            attempt = std::max(attempt, e.attempt + 1);
        const bool excludes = same_step || (p.request.one_at_a_time && e.operation == p.request.operation);
        if ((excludes && is_open(e.state)) || (same_step && e.state == effect_state::accepted))
            co_return error(errc::conflict, "an earlier attempt at " + e.step + " may have taken effect");
    }
    co_return attempt;
}

task<result<void>> write_intent(purchase_record& p, ledger::batch own)
{
    if (p.context.stopping())
        co_return error(errc::cancelled, "the daemon stops, nothing new is bought");
    if (p.request.operation == sms_operation && (!p.request.messages || p.request.messages->phones.empty()))
        co_return error(errc::contract, "a call that sends SMS has to say whom it reaches");
    auto attempt = co_await free_attempt(p);
    if (!attempt)
        co_return attempt.error();
    p.attempt = *attempt;
    p.booked_at = p.context.clock().wall_now();
    if (p.id.empty())
        p.id = effect_id(make_ulid(unix_ms(p.booked_at)));
    ULAK_FAILPOINT("effect/intend");
    auto commit = p.context.recorder().commit(intent_changes(p, own));
    auto done = co_await async::shielded(std::move(commit));
    ULAK_FAILPOINT("effect/intended");
    if (!done)
        co_return done.error();
    co_return result<void>();
}

/// The refusal stands whether or not it could be published.
task<> publish_budget_hit(const purchase_record& p, const error& refusal)
{
    auto commit = p.context.recorder().commit(budget_hit_changes(p, refusal));
    co_await async::shielded(std::move(commit));
    ULAK_FAILPOINT("effect/refused");
}

/// What rules calls, as against a store that cannot write.
bool is_rule(errc code) noexcept
{
    return code == errc::cancelled || code == errc::paused || code == errc::window || code == errc::denied_now;
}

result<void> check_day(const purchase_record& p)
{
    if (auto doubt = p.context.clock().wall_doubt(); !doubt.empty())
        return error(errc::transient, std::move(doubt)); // no day, no window can be told by it
    const auto& zone = p.context.environment().zone;
    if (day_start(p.context.clock().wall_now(), zone) != day_start(p.booked_at, zone))
        return error(errc::transient, "a new day began before it was sent, and has a budget of its own");
    return {};
}

/// The gate: what is checked last, and `dispatched`.
task<result<void>> dispatch(purchase_record& p)
{
    if (auto known = check_day(p); !known) {
        p.refused_by_gate = true;
        co_return known.error();
    }
    const last_look look(p.context, p.request.owner, p.request.messages);
    auto changes = dispatch_changes(p);
    ULAK_FAILPOINT("effect/dispatch");
    auto done = co_await look.note(std::move(changes), effect_id(), p.dispatched);
    p.refused_by_gate = !done && is_rule(done.error().code);
    ULAK_FAILPOINT("effect/dispatched");
    co_return done;
}

task<result<void>> commit(run_context& c, ledger::batch changes)
{
    auto done = co_await c.recorder().commit(std::move(changes));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

/// Until the disk takes it, out of reach of a cancellation.
task<result<void>> write_outcome(const purchase_record& p, const settlement& s, const purchase_answer& answer,
                                 const ledger::batch& own)
{
    const auto changes = outcome_changes(p, s, answer, own);
    std::function<task<result<void>>()> attempt = [&] { return commit(p.context, changes); };
    auto work = retry_while_disk_refuses(p.context, on_stop::keep_trying, std::move(attempt));
    co_return co_await async::shielded(std::move(work));
}

} // namespace

task<result<reserved_purchase>> reserve(run_context& c, purchase_request request)
{
    co_await reset_cancellation();
    auto permit = co_await request.account->purchase_permits->acquire();
    if (!permit)
        co_return permit.error();
    auto record = std::make_unique<purchase_record>(c, std::move(request), std::move(*permit));
    ULAK_FAILPOINT("effect/permit");
    co_await wait_for_reconciliation(c, *record->request.account);
    const bool trusted = co_await wait_for_trusted_time(c);
    if (!trusted)
        co_return error(errc::cancelled, "it ends before the machine's clock can be trusted, nothing new is bought");
    if (c.stopping())
        co_return error(errc::cancelled, "the daemon stops, nothing new is bought");
    co_return reserved_purchase(std::move(record));
}

effect_id reserved_purchase::effect()
{
    if (record_->id.empty())
        record_->id = effect_id(make_ulid(unix_ms(record_->context.clock().wall_now())));
    return record_->id;
}

task<result<booked_purchase>> reserved_purchase::book(ledger::batch changes) &&
{
    assert(record_ && "a reservation is booked once");
    auto record = std::move(record_);
    ULAK_FAILPOINT("effect/looked-first");
    auto written = co_await write_intent(*record, std::move(changes));
    if (written)
        co_return booked_purchase(std::move(record));
    record->permit.reset(); // nobody has to wait until the refusal is published
    if (written.error().code == errc::budget)
        co_await publish_budget_hit(*record, written.error());
    co_return written.error();
}

outgoing_call booked_purchase::call() &&
{
    assert(record_ && "a booked purchase is called once");
    purchase_record& p = *record_;
    const auto deadline = p.context.clock().now() + p.request.account->order_timeout;
    providers::purchase_gate gate(deadline, [&p] { return dispatch(p); });
    return outgoing_call{std::move(gate), purchase_in_flight(std::move(record_))};
}

task<result<settlement>> purchase_in_flight::settle(purchase_answer answer, ledger::batch changes) &&
{
    return std::move(*this).settle(std::move(answer), std::move(changes), ledger::batch());
}

task<result<settlement>> purchase_in_flight::settle(purchase_answer answer, ledger::batch changes,
                                                    ledger::batch if_ambiguous) &&
{
    assert(record_ && "a purchase is settled once");
    auto record = std::move(record_);
    settlement s{record->id, answer.classified_as, answer.failure, answer.evidence, record->refused_by_gate};
    ULAK_FAILPOINT("effect/settle");
    auto done = co_await write_outcome(*record, s, answer, changes);
    ULAK_FAILPOINT("effect/settled");
    if (!done && s.classified_as == classification::accepted) { // the id belongs to another purchase
        s.classified_as = classification::ambiguous;
        s.failure.emplace(errc::ambiguous, "the answer could not be booked: " + done.error().message, reach::answered);
        s.evidence += " ref " + answer.provider_ref;
        done = co_await write_outcome(*record, s, answer, if_ambiguous);
    }
    if (!done) { // the store refuses what the run wanted to add: the outcome counts
        const ledger::batch nothing;
        done = co_await write_outcome(*record, s, answer, nothing);
    }
    record->permit.reset();
    if (!done)
        co_return done.error();
    co_return s;
}

} // namespace ulak::kinds
