#include "providers/detail/circuit_breaker.hpp"

#include "async/deadline.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/call_result.hpp"
#include "providers/detail/health_event.hpp"
#include "providers/detail/token_wait.hpp"

#include <algorithm>

namespace ulak::providers {
namespace {

using namespace std::chrono_literals;

// How often a waiting call looks whether another one has brought the account back.
constexpr auto recheck_interval = 500ms;
// Priority calls of a suspended account, all together: one in five seconds cannot lock it out.
constexpr double suspended_priority_rate = 0.2;

} // namespace

circuit_breaker::circuit_breaker(async::clock& clock, retry_policy& policy)
    : clock_(clock),
      policy_(policy),
      health_(*policy.health),
      priority_pace_(clock, async::token_bucket(suspended_priority_rate, 1))
{}

circuit_breaker::admission::~admission()
{
    if (breaker_ && probe_)
        breaker_->health_.release_probe();
}

void circuit_breaker::admission::record(const http::exchange& e, const http::response_check* check)
{
    std::exchange(breaker_, nullptr)->record(e, check, probe_);
}

error circuit_breaker::refusal(errc code, std::string text, async::steady_point again) const
{
    const auto rest = again - clock_.now();
    error e(code, "account " + policy_.account + " " + std::move(text));
    if (rest > rest.zero())
        e.retry_after = std::chrono::ceil<std::chrono::seconds>(rest);
    return e;
}

error circuit_breaker::suspended_error() const
{
    return refusal(errc::auth,
                   "is suspended: its login was refused " + std::to_string(account_health::login_refusal_threshold) +
                       " times in a row (" + health_.reason() +
                       "). Mend its secret and restart, or, if it was right, ask with `ulakctl balance " +
                       policy_.account + "`",
                   {});
}

error circuit_breaker::failing_error() const
{
    return refusal(errc::transient,
                   "is failing: " + std::to_string(health_.failures()) + " calls in a row had no sound answer (" +
                       health_.reason() + ")",
                   health_.next_probe());
}

circuit_breaker::decision circuit_breaker::evaluate_failing(async::steady_point now, async::steady_point wait_until,
                                                            async::steady_point& wake)
{
    if (health_.try_begin_probe(now))
        return decision(admission(*this, true));
    // Another call's probe may end before the next one is due, so look often.
    wake = health_.next_probe() > now ? std::min(health_.next_probe(), now + recheck_interval) : now + recheck_interval;
    if (std::max(wake, health_.next_probe()) >= wait_until)
        return decision(failing_error());
    return std::nullopt;
}

circuit_breaker::decision circuit_breaker::evaluate(const http::send_options& options, async::steady_point wait_until,
                                                    async::steady_point& wake)
{
    if (health_.state() == breaker_state::suspended)
        return decision(suspended_error());
    const auto now = clock_.now();
    if (health_.state() == breaker_state::failing)
        return evaluate_failing(now, wait_until, wake);
    if (hold_until_ <= now)
        return decision(admission(*this, false));
    wake = hold_until_;
    if (hold_until_ < wait_until)
        return std::nullopt;
    if (options.costly) // the provider itself shall refuse it: that refusal is a recorded outcome
        return decision(admission(*this, false));
    return decision(refusal(errc::rate_limited,
                            "was asked by its provider to wait for " + seconds_text(hold_until_ - now), hold_until_));
}

circuit_breaker::decision circuit_breaker::try_admit(const http::send_options& options, async::steady_point wait_until)
{
    if (options.priority && health_.state() == breaker_state::suspended)
        return std::nullopt;
    if (options.priority)
        return decision(admission(*this, false));
    async::steady_point wake;
    return evaluate(options, wait_until, wake);
}

task<result<circuit_breaker::admission>> circuit_breaker::admit(const http::send_options& options,
                                                                async::steady_point wait_until)
{
    if (options.priority)
        co_return co_await admit_suspended_priority(wait_until);
    for (;;) {
        async::steady_point wake;
        auto decided = evaluate(options, wait_until, wake);
        if (decided)
            co_return std::move(*decided);
        const auto stopped = co_await clock_.sleep_until(wake);
        if (stopped)
            co_return error(errc::cancelled, "cancelled while waiting for its turn");
    }
}

task<result<circuit_breaker::admission>> circuit_breaker::admit_suspended_priority(async::steady_point wait_until)
{
    auto waiting = wait_for_token(priority_pace_); // named: with_deadline takes it over
    const auto go = co_await async::with_deadline(clock_, wait_until, std::move(waiting));
    if (go)
        co_return admission(*this, false);
    if (go.error().code == errc::cancelled)
        co_return go.error();
    co_return refusal(errc::auth, "is suspended: its login was refused (" + health_.reason() + ")", {});
}

void circuit_breaker::record(const http::exchange& e, const http::response_check* check, bool probe)
{
    const auto what = call_result_of(e, check, policy_);
    const bool slow_down = e.answer && e.answer->status == 429;
    if (what == call_result::success && !slow_down && health_.is_clean())
        return; // nearly always, and without a clock read
    const auto now = clock_.now();
    if (slow_down)
        if (const auto wanted = read_retry_after(*e.answer))
            hold_until_ = std::max(hold_until_, now + *wanted);
    const auto reason = what == call_result::success ? std::string() : reason_of(e);
    const auto changed = health_.record(what, reason, now, clock_.wall_now(), policy_.random01());
    if (probe && what == call_result::neutral)
        health_.release_probe();
    if (changed && policy_.events_out)
        policy_.events_out->publish(health_event(policy_, *changed, now));
}

} // namespace ulak::providers
