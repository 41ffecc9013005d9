#include "providers/detail/retrying_client.hpp"

#include "async/backoff.hpp"
#include "async/deadline.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/circuit_breaker.hpp"
#include "providers/detail/token_wait.hpp"

#include <algorithm>
#include <memory>
#include <random>

namespace ulak::providers {
namespace {

using std::chrono::milliseconds;

// Waits between the attempts of one read.
constexpr milliseconds first_delay(1'000), longest_delay(15'000);
constexpr double growth = 2, jitter = 0.5;

bool is_retryable(const http::exchange& e) noexcept
{
    if (!e.answer)
        return retry_class(e.answer.error().code) == retry_advice::soon;
    return e.answer->status == 429 || e.answer->status >= 500;
}

std::function<double()> default_random()
{
    return [engine = std::minstd_rand(std::random_device()()),
            spread = std::uniform_real_distribution<double>(0, 1)]() mutable { return spread(engine); };
}

retry_policy with_defaults(retry_policy policy)
{
    if (!policy.random01)
        policy.random01 = default_random();
    if (!policy.health)
        policy.health = std::make_shared<account_health>();
    return policy;
}

class retrying_client final : public http::client {
  public:
    retrying_client(std::unique_ptr<http::client> inner, async::clock& clock, retry_policy policy)
        : inner_(std::move(inner)), clock_(clock), policy_(with_defaults(std::move(policy))), breaker_(clock_, policy_)
    {
        if (policy_.request_rate)
            limiter_.emplace(clock_, *policy_.request_rate);
    }

    using client::send;
    task<> send(const http::request& r, const http::send_options& options, std::optional<http::exchange>& out) override;

  private:
    using admission = circuit_breaker::admission;

    /// Of one call: how long one attempt may take, and until when the call waits to be admitted.
    struct time_limits {
        time_limits(const http::send_options& options, async::steady_point now);
        async::steady_point::duration per_attempt;
        async::steady_point admission_deadline;
    };

    /// Empty: the call has to wait, or is refused.
    std::optional<admission> try_admit(const http::send_options& options, const time_limits& l,
                                       async::steady_point now);
    task<result<admission>> wait_for_admission(const http::send_options& options, async::steady_point wait_until);
    /// `out`: what the first attempt gave, if there was one. What comes back is never worse than that.
    task<> retry(const http::request& r, const http::send_options& options, time_limits l,
                 std::optional<http::exchange>& out);
    static http::send_options attempt_options(const http::send_options& options, const time_limits& l,
                                              async::steady_point now);
    /// Empty: the exchange is the answer to give.
    std::optional<async::steady_point> next_attempt_at(const http::exchange& e, const http::send_options& options,
                                                       async::backoff& delays);
    milliseconds delay_after(const http::exchange& e, async::backoff& delays);

    std::unique_ptr<http::client> inner_;
    async::clock& clock_;
    retry_policy policy_;
    circuit_breaker breaker_;
    std::optional<async::rate_limiter> limiter_{};
};

// A costly call keeps half of its time for the answer: giving up early on that only makes ambiguous purchases.
retrying_client::time_limits::time_limits(const http::send_options& options, async::steady_point now)
    : per_attempt((options.deadline - now) / 2),
      admission_deadline(options.costly ? options.deadline - per_attempt : options.deadline)
{}

std::optional<circuit_breaker::admission> retrying_client::try_admit(const http::send_options& options,
                                                                     const time_limits& l, async::steady_point now)
{
    auto admitted = breaker_.try_admit(options, l.admission_deadline);
    if (!admitted || !*admitted || (limiter_ && !limiter_->try_acquire(1, now)))
        return std::nullopt;
    return std::move(**admitted);
}

task<result<circuit_breaker::admission>> retrying_client::wait_for_admission(const http::send_options& options,
                                                                             async::steady_point wait_until)
{
    // First the breaker …
    auto admitted = breaker_.try_admit(options, wait_until);
    if (!admitted) {
        auto waited = co_await breaker_.admit(options, wait_until);
        admitted.emplace(std::move(waited));
    }
    // … then a token, for which a call may wait until its own deadline.
    if (*admitted && limiter_ && !limiter_->try_acquire(1, clock_.now())) {
        auto waiting = wait_for_token(*limiter_, options.priority); // named: with_deadline takes it over
        const auto go = co_await async::with_deadline(clock_, options.deadline, std::move(waiting));
        if (!go)
            co_return go.error();
    }
    co_return std::move(*admitted);
}

// Reads and costly calls in one coroutine: every poll passes here, and each coroutine more costs as much as its JSON.
// The rare retry has another one, so that the frame of this one stays small enough to be used again.
task<> retrying_client::send(const http::request& r, const http::send_options& options,
                             std::optional<http::exchange>& out)
{
    const auto now = clock_.now();
    const time_limits l(options, now);
    out.reset();
    if (auto admitted = try_admit(options, l, now)) {
        const auto first = attempt_options(options, l, now);
        co_await inner_->send(r, first, out);
        admitted->record(*out, options.check);
    }
    if (!out || (is_retryable(*out) && !options.costly))
        co_await retry(r, options, l, out);
}

task<> retrying_client::retry(const http::request& r, const http::send_options& options, time_limits l,
                              std::optional<http::exchange>& out)
{
    async::backoff delays(first_delay, growth, longest_delay, jitter);
    for (;;) {
        // Wait between two attempts.
        if (out) {
            const auto again = next_attempt_at(*out, options, delays);
            if (!again)
                co_return;
            const auto stopped = co_await clock_.sleep_until(*again);
            if (stopped) {
                out.emplace(error(errc::cancelled, "cancelled between two tries", reach::maybe_sent));
                co_return;
            }
        }
        // Be admitted. A transient refusal says less than the answer that is there already.
        auto admitted = co_await wait_for_admission(options, l.admission_deadline);
        if (!admitted) {
            if (!out || admitted.error().code != errc::transient)
                out.emplace(admitted.error());
            co_return;
        }
        const auto next = attempt_options(options, l, clock_.now());
        co_await inner_->send(r, next, out);
        admitted->record(*out, options.check);
    }
}

http::send_options retrying_client::attempt_options(const http::send_options& options, const time_limits& l,
                                                    async::steady_point now)
{
    http::send_options one(options);
    if (!options.costly)
        one.deadline = std::min(options.deadline, now + l.per_attempt);
    return one;
}

std::optional<async::steady_point>
retrying_client::next_attempt_at(const http::exchange& e, const http::send_options& options, async::backoff& delays)
{
    if (options.costly || !is_retryable(e))
        return std::nullopt;
    const auto again = clock_.now() + delay_after(e, delays);
    if (again >= options.deadline)
        return std::nullopt;
    return again;
}

milliseconds retrying_client::delay_after(const http::exchange& e, async::backoff& delays)
{
    const auto next = delays.next(policy_.random01());
    if (!e.answer)
        return next;
    const auto wanted = read_retry_after(*e.answer);
    return wanted ? milliseconds(*wanted) : next;
}

} // namespace

std::unique_ptr<http::client> make_retrying_client(std::unique_ptr<http::client> inner, async::clock& clock,
                                                   retry_policy policy)
{
    return std::make_unique<retrying_client>(std::move(inner), clock, std::move(policy));
}

} // namespace ulak::providers
