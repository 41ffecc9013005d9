// A run that is taken up again: what became of the purchase that a crash interrupted.
#include "kinds/doubt.hpp"
#include "kinds/otp_acquire/job.hpp"

#include "core/failpoint.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::otp {

using ledger::effect_state;

namespace {

/// A person said that it was bought, and nobody knows under which id: there is nothing to ask the provider about.
ending settled_by_a_person()
{
    return ending(ledger::run_state::attention,
                  error(errc::ambiguous, "a number was bought, but its id is not known", reach::answered));
}

} // namespace

/// An order whose id became known without us, from the provider's own list or from a person.
void session::adopt(const ledger::effect_record& e)
{
    held_number n;
    n.effect = e.id;
    n.account = e.account;
    n.id = e.provider_ref;
    n.candidate = p_.candidate;
    n.price = e.charged.value_or(e.expected);
    if (p_.before)
        n.before = p_.before->amount;
    n.ordered_at = e.dispatched_at.value_or(e.intended_at);
    ++p_.bought;
    p_.taken = p_.tries;
    p_.next = (p_.candidate + 1) % s_.candidates.size();
    p_.held = std::move(n);
    taken_up_ = c_.clock().now();
    age_then_ = std::max(age(0), c_.clock().wall_now() - p_.held->ordered_at);
}

task<std::optional<ending>> session::look_back()
{
    ledger::effect_query q;
    q.run = c_.run().id.text();
    auto reading = c_.store().effects(std::move(q));
    auto effects = co_await std::move(reading);
    ULAK_FAILPOINT("otp/look-back");
    if (!effects)
        co_return ending(ledger::run_state::failed, effects.error());
    // Steps are bought one after the other, so only the latest can be open.
    const std::string latest = "number/" + std::to_string(p_.tries);
    for (const ledger::effect_record& e : *effects) {
        if (e.state == effect_state::ambiguous || e.state == effect_state::orphaned ||
            e.state == effect_state::dispatched) {
            auto settling = settle_doubt(e.id, c_.account(e.account));
            co_return co_await std::move(settling);
        }
        if (e.step == latest && e.state == effect_state::accepted && p_.taken < p_.tries) {
            if (e.provider_ref.starts_with(operator_ref_prefix))
                co_return settled_by_a_person();
            adopt(e);
            auto keeping = c_.save_progress(to_json(p_));
            auto kept = co_await std::move(keeping);
            if (!kept)
                co_return ending::stopped();
        }
    }
    co_return std::nullopt;
}

} // namespace ulak::kinds::otp
