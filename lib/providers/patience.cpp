#include "providers/patience.hpp"

#include "async/backoff.hpp"
#include "async/deadline.hpp"
#include "providers/answer.hpp"

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
    case errc::tls_failed:
    case errc::connection_lost:
    case errc::timed_out:
        return true;
    default:
        return false; // nonsense fails this reading, and cancelled is cancelled
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

class patient_client final : public http::client {
  public:
    patient_client(std::unique_ptr<http::client> inner, async::clock& time, patience_settings s)
        : inner_(std::move(inner)), clock_(time), random01_(s.random01 ? std::move(s.random01) : own_random())
    {
        if (s.requests)
            pace_.emplace(time, *s.requests);
    }

    task<http::exchange> send(http::request r, http::send_options options) override;

  private:
    task<http::exchange> once(http::request r, http::send_options options);
    task<http::exchange> repeatedly(http::request r, async::steady_point deadline);
    task<result<void>> turn();
    milliseconds wait_after(const http::exchange& e, async::backoff& growing);

    std::unique_ptr<http::client> inner_;
    async::clock& clock_;
    std::function<double()> random01_;
    std::optional<async::pace> pace_{};
};

task<http::exchange> patient_client::send(http::request r, http::send_options options)
{
    if (options.costly) {
        auto only = co_await once(std::move(r), std::move(options));
        co_return only;
    }
    auto last = co_await repeatedly(std::move(r), options.deadline);
    co_return last;
}

task<result<void>> patient_client::turn()
{
    result<void> go;
    const auto stopped = co_await pace_->take(1);
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting for its turn");
    co_return go;
}

task<http::exchange> patient_client::once(http::request r, http::send_options options)
{
    if (pace_) {
        auto waiting = turn();
        const auto go = co_await async::with_deadline(clock_, options.deadline, std::move(waiting));
        if (!go)
            co_return http::exchange(go.error());
    }
    auto e = co_await inner_->send(std::move(r), std::move(options));
    co_return e;
}

task<http::exchange> patient_client::repeatedly(http::request r, async::steady_point deadline)
{
    const auto one_try = (deadline - clock_.now()) / 2;
    async::backoff growing(first_wait, growth, longest_wait, jitter);
    for (;;) {
        http::send_options options(std::min(deadline, clock_.now() + one_try));
        http::request copy(r);
        auto e = co_await once(std::move(copy), std::move(options));
        if (!is_worth_repeating(e))
            co_return e;
        const auto again = clock_.now() + wait_after(e, growing);
        if (again >= deadline)
            co_return e;
        const auto stopped = co_await clock_.sleep_until(again);
        if (stopped)
            co_return http::exchange(error(errc::cancelled, "cancelled between two tries", reach::maybe_sent));
    }
}

milliseconds patient_client::wait_after(const http::exchange& e, async::backoff& growing)
{
    const auto next = growing.next(random01_());
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
