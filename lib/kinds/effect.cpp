#include "kinds/effect.hpp"

#include "async/backoff.hpp"
#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/names.hpp"
#include "kinds/doubt.hpp"
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

effect::effect(context& c, spending what) : context_(c), what_(std::move(what)) {}

task<result<int>> effect::free_attempt()
{
    if (what_.attempt > 0)
        co_return what_.attempt;
    ledger::effect_query q;
    q.run = context_.run().id.text();
    auto reading = context_.store().effects(std::move(q));
    auto earlier = co_await std::move(reading);
    if (!earlier)
        co_return earlier.error();
    int attempt = 1;
    for (const ledger::effect_record& e : *earlier) {
        if (e.step == what_.step)
            attempt = std::max(attempt, e.attempt + 1);
        const bool same = e.step == what_.step;
        const bool in_the_way = same || (what_.one_at_a_time && e.operation == what_.operation);
        if ((in_the_way && is_open(e.state)) || (same && e.state == effect_state::accepted))
            co_return error(errc::conflict, "an earlier attempt at " + e.step + " may have taken effect");
    }
    co_return attempt;
}

task<result<void>> effect::begin()
{
    co_await hear_cancellation();
    auto waiting = what_.who->purchase_permits->acquire();
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
    auto refusal = refuse(booked.error());
    co_return co_await std::move(refusal);
}

task<result<void>> effect::book()
{
    auto clearing = wait_for_doubts(context_, *what_.who);
    co_await std::move(clearing);
    if (what_.first && !context_.stopping()) {
        auto looking = what_.first();
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
    booked_at_ = context_.time().wall_now();
    id_ = effect_id(make_ulid(unix_ms(booked_at_)));
    ULAK_FAILPOINT("effect/intend");
    auto changes = intention(*attempt);
    auto commit = context_.record().commit(std::move(changes));
    auto done = co_await out_of_reach(std::move(commit));
    ULAK_FAILPOINT("effect/intended");
    if (!done)
        co_return done.error();
    co_return result<void>();
}

/// Tells of a budget that was hit; passes the error on.
task<result<void>> effect::refuse(error why)
{
    if (why.code == errc::budget) {
        boost::json::object data;
        data["step"] = what_.step;
        data["expected"] = json_of(what_.expected);
        ledger::batch changes = context_.notices("budget-hit", context_.run().job + ": " + why.message, data);
        changes.push_back(told(events::budget_hit, events::level::warning, why.message, std::move(data)));
        auto commit = context_.record().commit(std::move(changes));
        co_await out_of_reach(std::move(commit)); // the refusal stands, told or not
        ULAK_FAILPOINT("effect/refused");
    }
    co_return why;
}

providers::purchase_gate effect::permit()
{
    assert(permit_);
    return providers::purchase_gate(context_.time().now() + what_.who->order_timeout, [this] { return dispatch(); });
}

task<result<void>> effect::dispatch()
{
    if (context_.stopping() || context_.cancel_asked())
        co_return error(errc::cancelled, "cancelled before it was sent");
    const auto& zone = context_.around().zone;
    if (day_start(context_.time().wall_now(), zone) != day_start(booked_at_, zone))
        co_return error(errc::transient, "a new day began before it was sent, and has a budget of its own");
    ledger::move_effect move(id_, effect_state::dispatched);
    move.at = context_.time().wall_now();
    ULAK_FAILPOINT("effect/dispatch");
    ledger::batch changes;
    changes.push_back(std::move(move));
    auto commit = context_.record().commit(std::move(changes));
    auto done = co_await out_of_reach(std::move(commit));
    if (!done)
        co_return done.error();
    dispatched_ = true;
    ULAK_FAILPOINT("effect/dispatched");
    co_return result<void>();
}

/// Until the disk takes it; only other errors come back.
task<result<void>> effect::put_on_disk(ledger::batch changes)
{
    async::backoff waits(first_disk_wait, 2, longest_disk_wait, 0);
    while (true) {
        auto again = changes;
        auto commit = context_.record().commit(std::move(again));
        auto done = co_await std::move(commit);
        if (done)
            co_return result<void>();
        if (done.error().code != errc::unavailable)
            co_return done.error();
        const auto pause = waits.next(1);
        co_await context_.time().sleep_for(pause);
    }
}

task<result<settlement>> effect::settle(classification v, std::optional<acceptance> taken, std::optional<error> why,
                                        std::string evidence, std::function<ledger::batch(const settlement&)> then)
{
    settlement s{id_, v, std::move(why), std::move(evidence)};
    if (v == classification::accepted && (!taken || taken->provider_ref.empty())) {
        s.what = classification::ambiguous;
        s.why.emplace(errc::ambiguous, "accepted without an id", reach::answered);
    }
    ULAK_FAILPOINT("effect/settle");
    auto first = put_on_disk(outcome(s, taken, then(s)));
    auto done = co_await out_of_reach(std::move(first));
    ULAK_FAILPOINT("effect/settled");
    if (!done && s.what == classification::accepted) {
        s.what = classification::ambiguous;
        s.why.emplace(errc::ambiguous, "the answer could not be booked: " + done.error().message, reach::answered);
        s.evidence += " ref " + taken->provider_ref;
        auto second = put_on_disk(outcome(s, taken, then(s)));
        done = co_await out_of_reach(std::move(second));
    }
    if (!done) { // what the caller wanted to add does not fit the store: the money is what counts
        auto bare = put_on_disk(outcome(s, taken, ledger::batch()));
        done = co_await out_of_reach(std::move(bare));
    }
    permit_.reset();
    if (!done)
        co_return done.error();
    co_return s;
}

} // namespace ulak::kinds
