#include "providers/patience.hpp"

#include "async/backoff.hpp"
#include "async/deadline.hpp"
#include "providers/answer.hpp"
#include "providers/door.hpp"

#include <algorithm>
#include <memory>
#include <random>

namespace ulak::providers {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_wait(1'000), longest_wait(15'000);
constexpr double growth = 2, jitter = 0.5;

bool passes(const error& e) noexcept
{
    switch (e.code) {
    case errc::resolve_failed:
    case errc::connect_failed:
    case errc::connection_lost:
    case errc::timed_out: return true;
    default: return false; // nonsense fails this reading, a bad certificate stays bad, and cancelled is cancelled
    }
}

bool is_worth_repeating(const http::exchange& e) noexcept
{
    if (!e.answer)
        return passes(e.answer.error());
    return e.answer->status == 429 || e.answer->status >= 500;
}

std::function<double()> own_random()
{
    return [engine = std::minstd_rand(std::random_device()()),
            spread = std::uniform_real_distribution<double>(0, 1)]() mutable { return spread(engine); };
}

patience_settings completed(patience_settings s)
{
    if (!s.random01)
        s.random01 = own_random();
    if (!s.state)
        s.state = std::make_shared<health>();
    return s;
}

class patient_client final : public http::client {
  public:
    patient_client(std::unique_ptr<http::client> inner, async::clock& time, patience_settings s)
        : inner_(std::move(inner)), clock_(time), settings_(completed(std::move(s))), door_(time, settings_)
    {
        if (settings_.requests)
            pace_.emplace(time, *settings_.requests);
    }

    using client::send;
    task<> send(const http::request& r, const http::send_options& options, std::optional<http::exchange>& out) override;

  private:
    /// Of one call: the most that one try may take, and until when a turn is waited for.
    struct limits {
        limits(const http::send_options& whole, async::steady_point now);
        async::steady_point::duration one_try;
        async::steady_point patience_ends;
    };

    std::optional<door::pass> pass_at_once(const http::send_options& options, const limits& l, async::steady_point now);
    task<result<door::pass>> wait_for_turn(const http::send_options& options, async::steady_point patience_ends);
    task<> persist(const http::request& r, const http::send_options& whole, limits l,
                   std::optional<http::exchange>& out);
    static http::send_options one_try(const http::send_options& whole, const limits& l, async::steady_point now);
    /// Nothing: what came is the answer to give.
    std::optional<async::steady_point> when_again(const http::exchange& e, const http::send_options& whole,
                                                  async::backoff& growing);
    milliseconds wait_after(const http::exchange& e, async::backoff& growing);

    std::unique_ptr<http::client> inner_;
    async::clock& clock_;
    patience_settings settings_;
    door door_;
    std::optional<async::rate_limiter> pace_{};
};

// A costly call needs what is left for its answer: giving up on that early only makes doubts.
patient_client::limits::limits(const http::send_options& whole, async::steady_point now)
    : one_try((whole.deadline - now) / 2), patience_ends(whole.costly ? whole.deadline - one_try : whole.deadline)
{}

// Nothing: it has to wait, or is refused.
std::optional<door::pass> patient_client::pass_at_once(const http::send_options& options, const limits& l,
                                                       async::steady_point now)
{
    auto admitted = door_.at_once(options, l.patience_ends);
    if (!admitted || !*admitted || (pace_ && !pace_->try_acquire(1, now)))
        return std::nullopt;
    return std::move(**admitted);
}

task<result<door::pass>> patient_client::wait_for_turn(const http::send_options& options,
                                                       async::steady_point patience_ends)
{
    auto admitted = door_.at_once(options, patience_ends);
    if (!admitted) {
        auto entering = co_await door_.enter(options, patience_ends);
        admitted.emplace(std::move(entering));
    }
    if (*admitted && pace_ && !pace_->try_acquire(1, clock_.now())) {
        auto waiting = turn_of(*pace_, options.priority);
        const auto go = co_await async::with_deadline(clock_, options.deadline, std::move(waiting));
        if (!go)
            co_return go.error();
    }
    co_return std::move(*admitted);
}

// Reads and costly calls in one coroutine: every poll passes here, and each coroutine more costs as much as its JSON.
// What is rare has another, so that the frame of this one stays small enough to be used again.
task<> patient_client::send(const http::request& r, const http::send_options& whole, std::optional<http::exchange>& out)
{
    const auto now = clock_.now();
    const limits l(whole, now);
    out.reset();
    if (auto pass = pass_at_once(whole, l, now)) {
        const auto options = one_try(whole, l, now);
        co_await inner_->send(r, options, out);
        pass->note(*out, whole.check);
    }
    if (!out || (is_worth_repeating(*out) && !whole.costly))
        co_await persist(r, whole, l, out);
}

// `out`: what the last try gave, if there was one. What comes back is never worse than that.
task<> patient_client::persist(const http::request& r, const http::send_options& whole, limits l,
                               std::optional<http::exchange>& out)
{
    async::backoff growing(first_wait, growth, longest_wait, jitter);
    for (;;) {
        if (out) {
            const auto again = when_again(*out, whole, growing);
            if (!again)
                co_return;
            const auto stopped = co_await clock_.sleep_until(*again);
            if (stopped) {
                out.emplace(error(errc::cancelled, "cancelled between two tries", reach::maybe_sent));
                co_return;
            }
        }
        auto turn = co_await wait_for_turn(whole, l.patience_ends);
        if (!turn) {
            if (!out || turn.error().code != errc::transient)
                out.emplace(turn.error());
            co_return;
        }
        const auto options = one_try(whole, l, clock_.now());
        co_await inner_->send(r, options, out);
        turn->note(*out, whole.check);
    }
}

http::send_options patient_client::one_try(const http::send_options& whole, const limits& l, async::steady_point now)
{
    http::send_options one(whole);
    if (!whole.costly)
        one.deadline = std::min(whole.deadline, now + l.one_try);
    return one;
}

std::optional<async::steady_point> patient_client::when_again(const http::exchange& e, const http::send_options& whole,
                                                              async::backoff& growing)
{
    if (whole.costly || !is_worth_repeating(e))
        return std::nullopt;
    const auto again = clock_.now() + wait_after(e, growing);
    if (again >= whole.deadline)
        return std::nullopt;
    return again;
}

milliseconds patient_client::wait_after(const http::exchange& e, async::backoff& growing)
{
    const auto next = growing.next(settings_.random01());
    if (!e.answer)
        return next;
    const auto wish = read_retry_after(*e.answer);
    return wish ? milliseconds(*wish) : next;
}

} // namespace

std::unique_ptr<http::client> make_patient(std::unique_ptr<http::client> inner, async::clock& time,
                                           patience_settings settings)
{
    return std::make_unique<patient_client>(std::move(inner), time, std::move(settings));
}

} // namespace ulak::providers
