#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

namespace ulak::kinds::otp {

task<ending> acquire_job::run(run_context& c) const
{
    auto p = progress_from(c.run().progress);
    if (!p)
        co_return ending(ledger::run_state::attention, p.error());
    otp_run s(c, settings_, std::move(*p));
    co_return co_await s.execute();
}

ending ending_of(const run_context& c, const progress& p, const settings& s)
{
    using ledger::run_state;
    if (p.delivered)
        return ending(run_state::succeeded);
    if (p.at_risk)
        return ending(run_state::attention, error(errc::ambiguous, "money is at risk, see attention"));
    if (p.cancel_requested || c.cancel_requested())
        return ending(run_state::cancelled);
    return ending(run_state::failed,
                  error(errc::timed_out, "no code within " + duration_text(s.code_wait) +
                                             (p.numbers_bought > 1 ? ", " + std::to_string(p.numbers_bought) + " numbers tried" : "")));
}

task<ending> otp_run::execute()
{
    co_await reset_cancellation();
    if (!progress_.held && !progress_.delivered) {
        auto before = co_await resume_purchase();
        if (before)
            co_return *before;
    }
    while (!progress_.delivered && !progress_.at_risk) {
        if (!progress_.held) {
            if (context_.stopping())
                co_return ending::stopped();
            if (context_.cancel_requested() || progress_.cancel_requested || progress_.numbers_bought >= settings_.attempts)
                break;
            auto over = co_await buy();
            if (over)
                co_return *over;
        }
        auto over = co_await drive();
        if (over)
            co_return *over;
    }
    co_return ending_of(context_, progress_, settings_);
}

} // namespace ulak::kinds::otp
