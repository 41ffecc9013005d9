#include "providers/detail/retrying_client.hpp"

#include "async/backoff.hpp"
#include "async/deadline.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/circuit_breaker.hpp"

#include <algorithm>
#include <memory>
#include <random>

namespace ulak::providers {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_delay(1'000), longest_delay(15'000);
constexpr double growth = 2, jitter = 0.5;

bool is_transient(const error& e) noexcept
{
    switch (e.code) {
    case errc::resolve_failed:
    case errc::connect_failed:
    case errc::connection_lost:
    case errc::timed_out: return true;
    default: return false; // nonsense fails this reading, a bad certificate stays bad, and cancelled is cancelled
    }
}

bool is_retryable(const http::exchange& e) noexcept
{
    if (!e.answer)
        return is_transient(e.answer.error());
    return e.answer->status == 429 || e.answer->status >= 500;
}

std::function<double()> default_random()
{
    return [engine = std::minstd_rand(std::random_device()()),
            spread = std::uniform_real_distribution<double>(0, 1)]() mutable { return spread(engine); };
}

retry_policy with_defaults(retry_policy s)
{
    if (!s.random01)
        s.random01 = default_random();
    if (!s.health)
        s.health = std::make_shared<account_health>();
    return s;
}

class retrying_client final : public http::client {
  public:
    retrying_client(std::unique_ptr<http::client> inner, async::clock& time, retry_policy s)
        : inner_(std::move(inner)), clock_(time), policy_(with_defaults(std::move(s))), breaker_(time, policy_)
    {
        if (policy_.request_rate)
            pace_.emplace(time, *policy_.request_rate);
    }

    using client::send;
    task<> send(const http::request& r, const http::send_options& options, std::optional<http::exchange>& out) override;

  private:
    /// Of one call: the most that one try may take, and until when a turn is waited for.
    struct time_limits {
        time_limits(const http::send_options& whole, async::steady_point now);
        async::steady_point::duration per_attempt;
        async::steady_point admission_deadline;
    };

    std::optional<circuit_breaker::admission> try_admit(const http::send_options& options, const time_limits& l, async::steady_point now);
    task<result<circuit_breaker::admission>> wait_for_admission(const http::send_options& options, async::steady_point patience_ends);
    task<> retry(const http::request& r, const http::send_options& whole, time_limits l,
                   std::optional<http::exchange>& out);
    static http::send_options attempt_options(const http::send_options& whole, const time_limits& l, async::steady_point now);
    /// Nothing: what came is the answer to give.
    std::optional<async::steady_point> next_attempt_at(const http::exchange& e, const http::send_options& whole,
                                                  async::backoff& growing);
    milliseconds delay_after(const http::exchange& e, async::backoff& growing);

    std::unique_ptr<http::client> inner_;
    async::clock& clock_;
    retry_policy policy_;
    circuit_breaker breaker_;
    std::optional<async::rate_limiter> pace_{};
};

// A costly call needs what is left for its answer: giving up on that early only makes doubts.
retrying_client::time_limits::time_limits(const http::send_options& whole, async::steady_point now)
    : per_attempt((whole.deadline - now) / 2), admission_deadline(whole.costly ? whole.deadline - per_attempt : whole.deadline)
{}

// Nothing: it has to wait, or is refused.
std::optional<circuit_breaker::admission> retrying_client::try_admit(const http::send_options& options, const time_limits& l,
                                                       async::steady_point now)
{
    auto admitted = breaker_.try_admit(options, l.admission_deadline);
    if (!admitted || !*admitted || (pace_ && !pace_->try_acquire(1, now)))
        return std::nullopt;
    return std::move(**admitted);
}

task<result<circuit_breaker::admission>> retrying_client::wait_for_admission(const http::send_options& options,
                                                       async::steady_point patience_ends)
{
    auto admitted = breaker_.try_admit(options, patience_ends);
    if (!admitted) {
        auto entering = co_await breaker_.admit(options, patience_ends);
        admitted.emplace(std::move(entering));
    }
    if (*admitted && pace_ && !pace_->try_acquire(1, clock_.now())) {
        auto waiting = wait_for_token(*pace_, options.priority);
        const auto go = co_await async::with_deadline(clock_, options.deadline, std::move(waiting));
        if (!go)
            co_return go.error();
    }
    co_return std::move(*admitted);
}

// Reads and costly calls in one coroutine: every poll passes here, and each coroutine more costs as much as its JSON.
// What is rare has another, so that the frame of this one stays small enough to be used again.
task<> retrying_client::send(const http::request& r, const http::send_options& whole, std::optional<http::exchange>& out)
{
    const auto now = clock_.now();
    const time_limits l(whole, now);
    out.reset();
    if (auto pass = try_admit(whole, l, now)) {
        const auto options = attempt_options(whole, l, now);
        co_await inner_->send(r, options, out);
        pass->record(*out, whole.check);
    }
    if (!out || (is_retryable(*out) && !whole.costly))
        co_await retry(r, whole, l, out);
}

// `out`: what the last try gave, if there was one. What comes back is never worse than that.
task<> retrying_client::retry(const http::request& r, const http::send_options& whole, time_limits l,
                               std::optional<http::exchange>& out)
{
    async::backoff growing(first_delay, growth, longest_delay, jitter);
    for (;;) {
        if (out) {
            const auto again = next_attempt_at(*out, whole, growing);
            if (!again)
                co_return;
            const auto stopped = co_await clock_.sleep_until(*again);
            if (stopped) {
                out.emplace(error(errc::cancelled, "cancelled between two tries", reach::maybe_sent));
                co_return;
            }
        }
        auto turn = co_await wait_for_admission(whole, l.admission_deadline);
        if (!turn) {
            if (!out || turn.error().code != errc::transient)
                out.emplace(turn.error());
            co_return;
        }
        const auto options = attempt_options(whole, l, clock_.now());
        co_await inner_->send(r, options, out);
        turn->record(*out, whole.check);
    }
}

http::send_options retrying_client::attempt_options(const http::send_options& whole, const time_limits& l, async::steady_point now)
{
    http::send_options one(whole);
    if (!whole.costly)
        one.deadline = std::min(whole.deadline, now + l.per_attempt);
    return one;
}

std::optional<async::steady_point> retrying_client::next_attempt_at(const http::exchange& e, const http::send_options& whole,
                                                              async::backoff& growing)
{
    if (whole.costly || !is_retryable(e))
        return std::nullopt;
    const auto again = clock_.now() + delay_after(e, growing);
    if (again >= whole.deadline)
        return std::nullopt;
    return again;
}

milliseconds retrying_client::delay_after(const http::exchange& e, async::backoff& growing)
{
    const auto next = growing.next(policy_.random01());
    if (!e.answer)
        return next;
    const auto wish = read_retry_after(*e.answer);
    return wish ? milliseconds(*wish) : next;
}

} // namespace

std::unique_ptr<http::client> make_retrying_client(std::unique_ptr<http::client> inner, async::clock& time,
                                           retry_policy settings)
{
    return std::make_unique<retrying_client>(std::move(inner), time, std::move(settings));
}

} // namespace ulak::providers
