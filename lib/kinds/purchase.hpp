// The one way to spend. Budget and intent in one commit; `dispatched` on disk after TLS and before the first byte; the
// outcome, the provider's id and the run's next state in one commit before anyone sees them.
#pragma once

#include "kinds/run_context.hpp"
#include "providers/outcome.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace ulak::kinds {

/// What is about to be bought.
struct purchase_request {
    purchase_request(std::string step_, std::shared_ptr<providers::account> who_, std::string operation_, money expected_)
        : step(std::move(step_)), account(std::move(who_)), operation(std::move(operation_)), expected(std::move(expected_))
    {}

    std::string step; ///< within the run; one effect per step takes place
    std::shared_ptr<providers::account> account;
    std::string operation; ///< "sms.send", "number.order", "panel.add"
    money expected;
    bool one_at_a_time = false; ///< not while another purchase of this kind in this run is open, whatever its step
    std::string digest{};       ///< of what is asked for, without secrets
    /// Looks at the account while nobody else can buy there: after the permit, before the intent. Its error is that of
    /// `spend`, and nothing is bought.
    std::function<task<result<void>>()> before_intent{};
    /// What is committed together with the intent (items to `submitting`, the run's progress). Asked after `first`.
    std::function<ledger::batch(const effect_id&)> with_intent{};
    int attempt =
        0; ///< 0: found in the store. Else the caller knows that it is free (a bulk send has thousands of steps)
};

/// An effect that has come to an outcome.
struct settlement {
    effect_id id;
    providers::classification classified_as;
    std::optional<error> failure;
    std::string evidence;
};

/// What the effect machine needs to know of an accepted answer.
struct acceptance {
    std::string provider_ref;
    std::optional<money> charged;
};

/// Spends once. `call` does the costly call through the gate it is given. `read` takes the provider's id from the
/// value. `then` says what else is committed with the outcome (progress, items, events, notices). Returns the value
/// with its settlement. Errors, all of which mean that nothing was sent and nothing is spent: errc::budget,
/// errc::conflict (an earlier attempt at this step, or another purchase of a run that buys one thing at a time, may
/// have taken effect), errc::unavailable (the disk), errc::cancelled (before dispatch). An ambiguous outcome raises
/// attention in the same commit. Waits for a permit of the account's tills first, and for what is in doubt there to be
/// looked into. Not cancellable once dispatched. A call that the end of its day overtakes before dispatch is not_sent:
/// each day's budget pays for its own.
template<class T>
struct purchase_result {
    purchase_result(settlement how_, std::optional<T> value_) : how(std::move(how_)), value(std::move(value_)) {}
    settlement how;
    std::optional<T> value;
};

template<class T>
using costly_call = std::function<task<providers::outcome<T>>(providers::purchase_gate)>;

/// The steps of `spend`, without the type of the value. Use `spend`.
class purchase {
  public:
    purchase(run_context& c, purchase_request what);

    task<result<void>> begin();   ///< permit, budget, intent
    providers::purchase_gate gate(); ///< deadline and gate
    /// Returns only when the outcome is on disk, however long the disk refuses: until then nobody may see it. An
    /// `accepted` whose provider's id belongs to another purchase becomes `ambiguous`; look at what comes back.
    task<result<settlement>> settle(providers::classification v, std::optional<acceptance> taken, std::optional<error> why,
                                    std::string evidence, std::function<ledger::batch(const settlement&)> then);

  private:
    task<result<void>> book(); ///< what happens under the permit
    task<result<int>> free_attempt();
    task<result<void>> report_refusal(error why);
    task<result<void>> dispatch();
    task<result<void>> commit_with_retry(ledger::batch changes);
    ledger::batch intent_changes(int attempt) const;
    ledger::batch outcome_changes(const settlement& s, const std::optional<acceptance>& taken, const ledger::batch& then) const;
    ledger::append_event event(const char* what, events::level severity, std::string message,
                              boost::json::object data) const;

    run_context& context_;
    purchase_request request_;
    effect_id id_;
    wall_point booked_at_{};
    std::optional<async::permit> permit_;
    bool dispatched_ = false;
};

/// Midnight of the day of `t` in a zone: where budgets per day begin.
wall_point day_start(wall_point t, const time_zone& zone);

template<class T>
task<result<purchase_result<T>>> spend(run_context& c, purchase_request what, costly_call<T> call, std::function<acceptance(const T&)> read,
                             std::function<ledger::batch(const settlement&, const std::optional<T>&)> then)
{
    purchase one(c, std::move(what));
    auto begun = co_await one.begin();
    if (!begun)
        co_return begun.error();
    providers::outcome<T> got = co_await call(one.gate());
    std::optional<acceptance> taken;
    if (got.value)
        taken = read(*got.value);
    std::function<ledger::batch(const settlement&)> rest = [&](const settlement& s) { return then(s, got.value); };
    auto settled = co_await one.settle(got.classified_as, std::move(taken), got.failure, got.evidence, std::move(rest));
    if (!settled)
        co_return settled.error();
    co_return purchase_result<T>(std::move(*settled), std::move(got.value));
}

} // namespace ulak::kinds
