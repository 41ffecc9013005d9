#include "kinds/otp_acquire/otp_run.hpp"

#include "kinds/otp_acquire/number_price.hpp"
#include "kinds/waiting.hpp"

#include <string>
#include <utility>

namespace ulak::kinds::otp {

otp_run::otp_run(run_context& c, const settings& s, progress p)
    : context_(c),
      settings_(s),
      progress_(std::move(p)),
      reconciler_(c, progress_, s.candidates.size()),
      buyer_(c, s, progress_,
             [this](effect_id id, std::shared_ptr<providers::account> account) {
                 return reconciler_.reconcile(std::move(id), std::move(account));
             }),
      driver_(c, s, progress_)
{}

task<ending> otp_run::execute()
{
    co_await reset_cancellation();
    // What a crash or a stop left behind.
    auto over = co_await resume();
    if (over)
        co_return *over;
    while (!progress_.delivered && !progress_.at_risk) {
        // A number.
        if (!progress_.held) {
            if (context_.stopping())
                co_return ending::stopped();
            if (!may_buy())
                break;
            over = co_await buyer_.buy();
            if (over)
                co_return *over;
        }
        // Its code, or its refund.
        co_await learn_price_of_number();
        over = co_await driver_.drive();
        if (over)
            co_return *over;
    }
    co_return ending_of(context_, progress_, settings_);
}

task<std::optional<ending>> otp_run::resume()
{
    if (progress_.held)
        progress_.held->age = number_age::since(progress_.held->times, context_.clock());
    else if (!progress_.delivered)
        co_return co_await reconciler_.resume();
    co_return std::nullopt;
}

bool otp_run::may_buy() const
{
    return !context_.cancel_requested() && !progress_.cancel_requested && progress_.numbers_bought < settings_.attempts;
}

/// Where the account is gone, the driver ends the run.
task<> otp_run::learn_price_of_number()
{
    const auto account = context_.account(progress_.held->account);
    if (account && account->numbers)
        co_await learn_price(context_, settings_, progress_, *account);
}

/// A script must not take one of them for the code; a person sees them, and the whole message, in the result.
ending unsure_ending()
{
    ending e(ledger::run_state::failed,
             error(errc::contract, "several codes in the message weigh the same: see result.unsure; `match` chooses"));
    e.code = "unsure";
    return e;
}

ending ending_of(const run_context& c, const progress& p, const settings& s)
{
    using ledger::run_state;
    if (p.delivered && p.unsure)
        return unsure_ending();
    if (p.delivered)
        return ending(run_state::succeeded);
    if (p.at_risk)
        return ending(run_state::attention, error(errc::ambiguous, "money is at risk, see attention"));
    if (p.cancel_requested || c.cancel_requested())
        return ending(run_state::cancelled);
    const std::string tried = p.numbers_bought > 1 ? ", " + std::to_string(p.numbers_bought) + " numbers tried" : "";
    return ending(run_state::failed, error(errc::timed_out, "no code within " + duration_text(s.code_wait) + tried));
}

} // namespace ulak::kinds::otp
