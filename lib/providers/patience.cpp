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

    task<http::exchange> send(const http::request& r, const http::send_options& options) override;

  private:
    using span = async::steady_point::duration;
    std::optional<result<door::pass>> turn_at_once(const http::send_options& options,
                                                   async::steady_point patience_ends);
    task<result<door::pass>> wait_for_turn(const http::send_options& options, async::steady_point patience_ends);
    http::send_options one_try(const http::send_options& whole, span most) const;
    /// Nothing: what came is the answer to give.
    std::optional<async::steady_point> when_again(const http::exchange& e, const http::send_options& whole,
                                                  async::backoff& growing);
    milliseconds wait_after(const http::exchange& e, async::backoff& growing);

    std::unique_ptr<http::client> inner_;
    async::clock& clock_;
    patience_settings settings_;
    door door_;
    std::optional<async::pace> pace_{};
};

std::optional<result<door::pass>> patient_client::turn_at_once(const http::send_options& options,
                                                               async::steady_point patience_ends)
{
    auto admitted = door_.at_once(options, patience_ends);
    if (admitted && *admitted && pace_ && !pace_->try_take(1))
        return std::nullopt;
    return admitted;
}

task<result<door::pass>> patient_client::wait_for_turn(const http::send_options& options,
                                                       async::steady_point patience_ends)
{
    auto admitted = door_.at_once(options, patience_ends);
    if (!admitted) {
        auto entering = co_await door_.enter(options, patience_ends);
        admitted.emplace(std::move(entering));
    }
    if (*admitted && pace_ && !pace_->try_take(1)) {
        auto waiting = turn_of(*pace_, options.settles);
        const auto go = co_await async::with_deadline(clock_, options.deadline, std::move(waiting));
        if (!go)
            co_return go.error();
    }
    co_return std::move(*admitted);
}

// Reads and costly calls in one coroutine: every poll passes here, and each coroutine more costs as much as its JSON.
task<http::exchange> patient_client::send(const http::request& r, const http::send_options& whole)
{
    const auto half = (whole.deadline - clock_.now()) / 2;
    // A costly call needs what is left for its answer: giving up on that early only makes doubts.
    const auto patience_ends = whole.costly ? whole.deadline - half : whole.deadline;
    async::backoff growing(first_wait, growth, longest_wait, jitter);
    std::unique_ptr<http::exchange> last;
    for (;;) {
        auto turn = turn_at_once(whole, patience_ends);
        if (!turn) {
            auto waited = co_await wait_for_turn(whole, patience_ends);
            turn.emplace(std::move(waited));
        }
        if (!*turn && turn->error().code == errc::transient && last)
            co_return std::move(*last);
        if (!*turn)
            co_return http::exchange(turn->error());
        const auto options = one_try(whole, half);
        auto e = co_await inner_->send(r, options);
        (*turn)->note(e, whole.test);
        const auto again = when_again(e, whole, growing);
        if (!again)
            co_return e;
        last = std::make_unique<http::exchange>(std::move(e));
        const auto stopped = co_await clock_.sleep_until(*again);
        if (stopped)
            co_return http::exchange(error(errc::cancelled, "cancelled between two tries", reach::maybe_sent));
    }
}

http::send_options patient_client::one_try(const http::send_options& whole, span most) const
{
    http::send_options one(whole);
    if (!whole.costly)
        one.deadline = std::min(whole.deadline, clock_.now() + most);
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
