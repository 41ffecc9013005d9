#include "providers/detail/circuit_breaker.hpp"

#include "async/deadline.hpp"
#include "events/event_names.hpp"
#include "providers/detail/answer.hpp"

#include <algorithm>

namespace ulak::providers {
namespace {

using namespace std::chrono_literals;

// Whoever waits looks so often whether another's call has brought the account back.
constexpr auto recheck_interval = 500ms;
// Calls of a suspended account that settle something: one in five seconds.
constexpr double suspended_priority_rate = 0.2;
// What refuses a login is short; a list of services is not parsed twice.
constexpr std::size_t max_login_check_body = 4096;

// The caller's own reading, where there is one, saves another of the same answer.
bool refuses_login(const http::response& r, const http::response_check* test, const retry_policy& s)
{
    if (test)
        return (*test)(r) == errc::auth;
    return s.refuses_login && r.body.size() <= max_login_check_body && s.refuses_login(r);
}

call_result call_result_of(const http::exchange& e, const http::response_check* test, const retry_policy& s)
{
    if (!e.answer) {
        switch (e.answer.error().code) {
        case errc::timed_out: // for want of a free connection: nobody was asked
            return e.trace.closed_by == http::close_reason::timeout && e.trace.started_at == async::steady_point() &&
                           e.trace.reached == http::phase::resolve
                       ? call_result::neutral
                       : call_result::failure;
        case errc::resolve_failed:
        case errc::connect_failed:
        case errc::tls_failed:
        case errc::connection_lost:
        case errc::malformed: return call_result::failure;
        default: return call_result::neutral;
        }
    }
    const http::response& r = *e.answer;
    const bool refused = refuses_login(r, test, s); // always asked: the caller keeps its reading of the last answer
    if (refused || r.status == 401 || r.status == 403)
        return call_result::login_refused;
    if (r.status == 429)
        return s.health->state() == breaker_state::suspended ? call_result::neutral : call_result::success;
    return r.status >= 500 ? call_result::failure : call_result::success;
}

std::string reason_of(const http::exchange& e)
{
    if (!e.answer)
        return displayable(e.answer.error().message, 200);
    return "HTTP " + std::to_string(e.answer->status);
}

std::string seconds_of(async::steady_point::duration d)
{
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(std::max(d, d.zero())).count()) + " s";
}

} // namespace

task<result<void>> wait_for_token(async::rate_limiter& line, bool ahead)
{
    result<void> go;
    auto waiting = ahead ? line.acquire_ahead(1) : line.acquire(1);
    const auto stopped = co_await std::move(waiting);
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting for its turn");
    co_return go;
}

circuit_breaker::circuit_breaker(async::clock& time, retry_policy& settings)
    : clock_(time), policy_(settings), health_(*settings.health), priority_pace_(time, async::token_bucket(suspended_priority_rate, 1))
{}

circuit_breaker::admission::~admission()
{
    if (breaker_ && probe_)
        breaker_->health_.release_probe();
}

void circuit_breaker::admission::record(const http::exchange& e, const http::response_check* test)
{
    std::exchange(breaker_, nullptr)->record(e, test, probe_);
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

circuit_breaker::decision circuit_breaker::evaluate_failing(async::steady_point now, async::steady_point patience_ends,
                                       async::steady_point& wake)
{
    if (health_.try_begin_probe(now))
        return decision(admission(*this, true));
    wake = health_.next_probe() > now ? std::min(health_.next_probe(), now + recheck_interval) : now + recheck_interval;
    if (std::max(wake, health_.next_probe()) >= patience_ends)
        return decision(failing_error());
    return std::nullopt;
}

circuit_breaker::decision circuit_breaker::evaluate(const http::send_options& options, async::steady_point patience_ends,
                         async::steady_point& wake)
{
    if (health_.state() == breaker_state::suspended)
        return decision(suspended_error());
    const auto now = clock_.now();
    if (health_.state() == breaker_state::failing)
        return evaluate_failing(now, patience_ends, wake);
    if (hold_until_ <= now)
        return decision(admission(*this, false));
    wake = hold_until_;
    if (hold_until_ < patience_ends)
        return std::nullopt;
    if (options.costly)
        return decision(admission(*this, false)); // the provider itself shall say no: its no is booked as such
    return decision(refusal(errc::rate_limited, "was asked by its provider to wait for " + seconds_of(hold_until_ - now),
                          hold_until_));
}

circuit_breaker::decision circuit_breaker::try_admit(const http::send_options& options, async::steady_point patience_ends)
{
    if (options.priority && health_.state() == breaker_state::suspended)
        return std::nullopt;
    if (options.priority)
        return decision(admission(*this, false));
    async::steady_point wake;
    return evaluate(options, patience_ends, wake);
}

task<result<circuit_breaker::admission>> circuit_breaker::admit(const http::send_options& options, async::steady_point patience_ends)
{
    if (options.priority) {
        auto settled = co_await admit_priority(patience_ends);
        co_return settled;
    }
    for (;;) {
        async::steady_point wake;
        auto seen = evaluate(options, patience_ends, wake);
        if (seen)
            co_return std::move(*seen);
        const auto stopped = co_await clock_.sleep_until(wake);
        if (stopped)
            co_return error(errc::cancelled, "cancelled while waiting for its turn");
    }
}

task<result<circuit_breaker::admission>> circuit_breaker::admit_priority(async::steady_point patience_ends)
{
    auto waiting = wait_for_token(priority_pace_);
    const auto go = co_await async::with_deadline(clock_, patience_ends, std::move(waiting));
    if (go)
        co_return admission(*this, false);
    if (go.error().code == errc::cancelled)
        co_return go.error();
    co_return refusal(errc::auth, "is suspended: its login was refused (" + health_.reason() + ")", {});
}

void circuit_breaker::record(const http::exchange& e, const http::response_check* test, bool probe)
{
    const auto what = call_result_of(e, test, policy_);
    const bool slow_down = e.answer && e.answer->status == 429;
    if (what == call_result::success && !slow_down && health_.is_clean())
        return; // as nearly always: without a look at the clocks
    const auto now = clock_.now();
    if (slow_down)
        if (const auto wish = read_retry_after(*e.answer))
            hold_until_ = std::max(hold_until_, now + *wish);
    const auto changed =
        health_.record(what, what == call_result::success ? std::string() : reason_of(e), now, clock_.wall_now(), policy_.random01());
    if (probe && what == call_result::neutral)
        health_.release_probe();
    if (changed)
        publish_change(*changed);
}

void circuit_breaker::publish_change(const account_health::state_change& c)
{
    if (!policy_.events_out)
        return;
    const bool well = c.current == breaker_state::ready;
    const char* what = c.current == breaker_state::failing      ? events::account_failing
                       : c.current == breaker_state::suspended  ? events::account_suspended
                       : c.previous == breaker_state::failing ? events::account_recovered
                                                       : events::account_resumed;
    std::string text = "account " + policy_.account;
    if (c.current == breaker_state::failing)
        text += " is failing: " + std::to_string(health_.failures()) +
                " calls in a row had no sound answer; the next try " + "is in " +
                seconds_of(health_.next_probe() - clock_.now());
    else if (c.current == breaker_state::suspended)
        text += " is suspended: its login was refused " + std::to_string(account_health::login_refusal_threshold) +
                " times in a row; mend its secret and restart";
    else
        text += c.previous == breaker_state::failing ? " answers again" : " is used again";
    const auto severity = well                           ? events::level::info
                          : c.current == breaker_state::suspended ? events::level::error
                                                         : events::level::warning;
    events::event e(what, severity, std::move(text));
    e.account = policy_.account;
    e.provider = policy_.provider;
    if (!well)
        e.data["reason"] = health_.reason();
    policy_.events_out->publish(e);
}

} // namespace ulak::providers
