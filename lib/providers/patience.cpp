#include "providers/patience.hpp"

#include "async/backoff.hpp"
#include "async/deadline.hpp"
#include "providers/answer.hpp"
#include "providers/door.hpp"

#include <algorithm>
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

    task<http::exchange> send(http::request r, http::send_options options) override;

  private:
    using span = async::steady_point::duration;
    /// `try_time`: what the exchange itself may take, once it is its turn; none: all that is left.
    task<http::exchange> once(http::request r, http::send_options options, async::steady_point patience_ends,
                              std::optional<span> try_time);
    task<http::exchange> repeatedly(http::request r, http::send_options whole);
    milliseconds wait_after(const http::exchange& e, async::backoff& growing);

    std::unique_ptr<http::client> inner_;
    async::clock& clock_;
    patience_settings settings_;
    door door_;
    std::optional<async::pace> pace_{};
};

task<http::exchange> patient_client::send(http::request r, http::send_options options)
{
    if (options.costly) {
        // What is left must do for the answer: giving up early only makes doubts.
        const auto half = clock_.now() + (options.deadline - clock_.now()) / 2;
        auto only = co_await once(std::move(r), std::move(options), half, std::nullopt);
        co_return only;
    }
    auto last = co_await repeatedly(std::move(r), std::move(options));
    co_return last;
}

task<http::exchange> patient_client::once(http::request r, http::send_options options,
                                          async::steady_point patience_ends, std::optional<span> try_time)
{
    auto entering = door_.enter(options, patience_ends);
    auto admitted = co_await std::move(entering);
    if (!admitted)
        co_return http::exchange(admitted.error());
    if (pace_ && !pace_->try_take(1)) {
        auto waiting = turn_of(*pace_);
        const auto go = co_await async::with_deadline(clock_, options.deadline, std::move(waiting));
        if (!go)
            co_return http::exchange(go.error());
    }
    if (try_time)
        options.deadline = std::min(options.deadline, clock_.now() + *try_time);
    auto e = co_await inner_->send(std::move(r), std::move(options));
    admitted->note(e);
    co_return e;
}

task<http::exchange> patient_client::repeatedly(http::request r, http::send_options whole)
{
    const auto one_try = (whole.deadline - clock_.now()) / 2;
    async::backoff growing(first_wait, growth, longest_wait, jitter);
    std::optional<http::exchange> last;
    for (;;) {
        http::send_options options(whole.deadline);
        options.settles = whole.settles;
        http::request copy(r);
        auto e = co_await once(std::move(copy), std::move(options), whole.deadline, one_try);
        const bool held_back = !e.answer && e.answer.error().code == errc::transient;
        if (held_back && last)
            co_return std::move(*last);
        if (!is_worth_repeating(e))
            co_return e;
        const auto again = clock_.now() + wait_after(e, growing);
        if (again >= whole.deadline)
            co_return e;
        last.emplace(std::move(e));
        const auto stopped = co_await clock_.sleep_until(again);
        if (stopped)
            co_return http::exchange(error(errc::cancelled, "cancelled between two tries", reach::maybe_sent));
    }
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
