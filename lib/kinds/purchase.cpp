#include "kinds/purchase.hpp"

#include "async/backoff.hpp"
#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "kinds/reconcile.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <cassert>

namespace ulak::kinds {

using ledger::effect_state;
using providers::classification;

/// How long the outcome of a call waits between tries to write it, at most.
constexpr std::chrono::seconds first_disk_wait(1);
constexpr std::chrono::seconds longest_disk_wait(30);

namespace {

/// Not known, or not yet.
bool is_open(effect_state s) noexcept
{
    return s == effect_state::ambiguous || s == effect_state::orphaned || s == effect_state::dispatched;
}

} // namespace

purchase::purchase(run_context& c, purchase_request what) : context_(c), request_(std::move(what)) {}

task<result<int>> purchase::free_attempt()
{
    if (request_.attempt > 0)
        co_return request_.attempt;
    ledger::effect_query q;
    q.run = context_.run().id.text();
    auto reading = context_.store().effects(std::move(q));
    auto earlier = co_await std::move(reading);
    if (!earlier)
        co_return earlier.error();
    int attempt = 1;
    for (const ledger::effect_record& e : *earlier) {
        if (e.step == request_.step)
            attempt = std::max(attempt, e.attempt + 1);
        const bool same = e.step == request_.step;
        const bool in_the_way = same || (request_.one_at_a_time && e.operation == request_.operation);
        if ((in_the_way && is_open(e.state)) || (same && e.state == effect_state::accepted))
            co_return error(errc::conflict, "an earlier attempt at " + e.step + " may have taken effect");
    }
    co_return attempt;
}

task<result<void>> purchase::begin()
{
    co_await reset_cancellation();
    auto waiting = request_.account->purchase_permits->acquire();
    auto permit = co_await std::move(waiting);
    if (!permit)
        co_return permit.error();
    permit_.emplace(std::move(*permit));
    ULAK_FAILPOINT("effect/permit");
    auto booking = book();
    auto booked = co_await std::move(booking);
    if (booked)
        co_return booked;
    permit_.reset();
    auto refusal = report_refusal(booked.error());
    co_return co_await std::move(refusal);
}

task<result<void>> purchase::book()
{
    auto clearing = wait_for_reconciliation(context_, *request_.account);
    co_await std::move(clearing);
    if (request_.before_intent && !context_.stopping()) {
        auto looking = request_.before_intent();
        auto looked = co_await std::move(looking);
        if (!looked)
            co_return looked.error();
        ULAK_FAILPOINT("effect/looked-first");
    }
    if (context_.stopping())
        co_return error(errc::cancelled, "the daemon stops, nothing new is bought");
    auto finding = free_attempt();
    auto attempt = co_await std::move(finding);
    if (!attempt)
        co_return attempt.error();
    booked_at_ = context_.clock().wall_now();
    id_ = effect_id(make_ulid(unix_ms(booked_at_)));
    ULAK_FAILPOINT("effect/intend");
    auto changes = intent_changes(*attempt);
    auto commit = context_.recorder().commit(std::move(changes));
    auto done = co_await shielded(std::move(commit));
    ULAK_FAILPOINT("effect/intended");
    if (!done)
        co_return done.error();
    co_return result<void>();
}

/// Tells of a budget that was hit; passes the error on.
task<result<void>> purchase::report_refusal(error why)
{
    if (why.code == errc::budget) {
        boost::json::object data;
        data["step"] = request_.step;
        data["expected"] = json_of(request_.expected);
        ledger::batch changes = context_.notices("budget-hit", context_.run().job + ": " + why.message, data);
        changes.push_back(event(events::budget_hit, events::level::warning, why.message, std::move(data)));
        auto commit = context_.recorder().commit(std::move(changes));
        co_await shielded(std::move(commit)); // the refusal stands, told or not
        ULAK_FAILPOINT("effect/refused");
    }
    co_return why;
}

providers::purchase_gate purchase::gate()
{
    assert(permit_);
    return providers::purchase_gate(context_.clock().now() + request_.account->order_timeout, [this] { return dispatch(); });
}

task<result<void>> purchase::dispatch()
{
    if (context_.stopping() || context_.cancel_requested())
        co_return error(errc::cancelled, "cancelled before it was sent");
    const auto& zone = context_.environment().zone;
    if (day_start(context_.clock().wall_now(), zone) != day_start(booked_at_, zone))
        co_return error(errc::transient, "a new day began before it was sent, and has a budget of its own");
    ledger::move_effect move(id_, effect_state::dispatched);
    move.at = context_.clock().wall_now();
    ULAK_FAILPOINT("effect/dispatch");
    ledger::batch changes;
    changes.push_back(std::move(move));
    auto commit = context_.recorder().commit(std::move(changes));
    auto done = co_await shielded(std::move(commit));
    if (!done)
        co_return done.error();
    dispatched_ = true;
    ULAK_FAILPOINT("effect/dispatched");
    co_return result<void>();
}

/// Until the disk takes it; only other errors come back.
task<result<void>> purchase::commit_with_retry(ledger::batch changes)
{
    async::backoff waits(first_disk_wait, 2, longest_disk_wait, 0);
    while (true) {
        auto again = changes;
        auto commit = context_.recorder().commit(std::move(again));
        auto done = co_await std::move(commit);
        if (done)
            co_return result<void>();
        if (done.error().code != errc::unavailable)
            co_return done.error();
        const auto pause = waits.next(1);
        co_await context_.clock().sleep_for(pause);
    }
}

task<result<settlement>> purchase::settle(classification v, std::optional<acceptance> taken, std::optional<error> why,
                                        std::string evidence, std::function<ledger::batch(const settlement&)> then)
{
    settlement s{id_, v, std::move(why), std::move(evidence)};
    if (v == classification::accepted && (!taken || taken->provider_ref.empty())) {
        s.classified_as = classification::ambiguous;
        s.failure.emplace(errc::ambiguous, "accepted without an id", reach::answered);
    }
    ULAK_FAILPOINT("effect/settle");
    auto first = commit_with_retry(outcome_changes(s, taken, then(s)));
    auto done = co_await shielded(std::move(first));
    ULAK_FAILPOINT("effect/settled");
    if (!done && s.classified_as == classification::accepted) {
        s.classified_as = classification::ambiguous;
        s.failure.emplace(errc::ambiguous, "the answer could not be booked: " + done.error().message, reach::answered);
        s.evidence += " ref " + taken->provider_ref;
        auto second = commit_with_retry(outcome_changes(s, taken, then(s)));
        done = co_await shielded(std::move(second));
    }
    if (!done) { // what the caller wanted to add does not fit the store: the money is what counts
        auto bare = commit_with_retry(outcome_changes(s, taken, ledger::batch()));
        done = co_await shielded(std::move(bare));
    }
    permit_.reset();
    if (!done)
        co_return done.error();
    co_return s;
}

} // namespace ulak::kinds
