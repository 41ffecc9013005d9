#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

namespace ulak::kinds::otp {

task<ending> acquire_job::run(run_context& c) const
{
    auto p = progress_from(c.run().progress);
    if (!p)
        co_return ending(ledger::run_state::attention, p.error());
    session s(c, settings_, std::move(*p));
    co_return co_await s.go();
}

ending ending_of(const run_context& c, const progress& p, const settings& s)
{
    using ledger::run_state;
    if (p.delivered)
        return ending(run_state::succeeded);
    if (p.at_risk)
        return ending(run_state::attention, error(errc::ambiguous, "money is at risk, see attention"));
    if (p.by_person || c.cancel_requested())
        return ending(run_state::cancelled);
    return ending(run_state::failed,
                  error(errc::timed_out, "no code within " + duration_text(s.code_wait) +
                                             (p.bought > 1 ? ", " + std::to_string(p.bought) + " numbers tried" : "")));
}

task<ending> session::go()
{
    co_await reset_cancellation();
    if (!p_.held && !p_.delivered) {
        auto before = co_await look_back();
        if (before)
            co_return *before;
    }
    while (!p_.delivered && !p_.at_risk) {
        if (!p_.held) {
            if (c_.stopping())
                co_return ending::stopped();
            if (c_.cancel_requested() || p_.by_person || p_.bought >= s_.attempts)
                break;
            auto over = co_await buy();
            if (over)
                co_return *over;
        }
        auto over = co_await drive();
        if (over)
            co_return *over;
    }
    co_return ending_of(c_, p_, s_);
}

} // namespace ulak::kinds::otp
