// A run that is taken up again: what became of the purchase that a crash interrupted.
#include "kinds/purchase/reconcile.hpp"
#include "kinds/otp_acquire/job.hpp"

#include "core/failpoint.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::otp {

using ledger::effect_state;

namespace {

/// A person said that it was bought, and nobody knows under which id: there is nothing to ask the provider about.
ending resolved_without_id()
{
    return ending(ledger::run_state::attention,
                  error(errc::ambiguous, "a number was bought, but its id is not known", reach::answered));
}

} // namespace

/// An order whose id became known without us, from the provider's own list or from a person.
void otp_run::adopt(const ledger::effect_record& e)
{
    held_number n;
    n.effect = e.id;
    n.account = e.account;
    n.number_id = e.provider_ref;
    n.candidate = progress_.candidate;
    n.price = e.charged.value_or(e.expected);
    if (progress_.balance_before)
        n.balance_before = progress_.balance_before->amount;
    n.ordered_at = e.dispatched_at.value_or(e.intended_at);
    ++progress_.numbers_bought;
    progress_.adopted_purchase = progress_.purchases;
    progress_.next_candidate = (progress_.candidate + 1) % settings_.candidates.size();
    progress_.held = std::move(n);
    held_since_ = context_.clock().now();
    age_when_held_ = std::max(age(0), context_.clock().wall_now() - progress_.held->ordered_at);
}

task<std::optional<ending>> otp_run::resume_purchase()
{
    ledger::effect_query q;
    q.run = context_.run().id.text();
    auto reading = context_.store().effects(std::move(q));
    auto effects = co_await std::move(reading);
    ULAK_FAILPOINT("otp/look-back");
    if (!effects)
        co_return ending(ledger::run_state::failed, effects.error());
    // Steps are bought one after the other, so only the latest can be open.
    const std::string latest = "number/" + std::to_string(progress_.purchases);
    for (const ledger::effect_record& e : *effects) {
        if (e.state == effect_state::ambiguous || e.state == effect_state::orphaned ||
            e.state == effect_state::dispatched) {
            auto settling = reconcile(e.id, context_.account(e.account));
            co_return co_await std::move(settling);
        }
        if (e.step == latest && e.state == effect_state::accepted && progress_.adopted_purchase < progress_.purchases) {
            if (e.provider_ref.starts_with(operator_ref_prefix))
                co_return resolved_without_id();
            adopt(e);
            auto keeping = context_.save_progress(to_json(progress_));
            auto kept = co_await std::move(keeping);
            if (!kept)
                co_return ending::stopped();
        }
    }
    co_return std::nullopt;
}

} // namespace ulak::kinds::otp
