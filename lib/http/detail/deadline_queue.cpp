#include "http/detail/deadline_queue.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <exception>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds granularity(50); ///< between two sweeps; each looks at every entry

void rethrow(std::exception_ptr thrown)
{
    if (thrown)
        std::rethrow_exception(thrown);
}

} // namespace

void deadline_queue::arm(deadline& one, async::steady_point due)
{
    if (one.index_ == deadline::not_armed) {
        one.index_ = armed_.size();
        armed_.push_back(entry{due, &one});
    }
    armed_[one.index_].due = due;
    if (!running_ && !stopped_) {
        running_ = true;
        auto slot = asio::bind_cancellation_slot(wake_signal_.slot(), rethrow);
        asio::co_spawn(executor_, sweep(shared_from_this()), std::move(slot));
    } else if (sleeping_ && due + granularity < sleeping_until_) {
        wake();
    }
}

void deadline_queue::disarm(deadline& one) noexcept
{
    if (one.index_ == deadline::not_armed)
        return;
    // The last entry takes the free place.
    armed_.back().target->index_ = one.index_;
    armed_[one.index_] = armed_.back();
    armed_.pop_back();
    one.index_ = deadline::not_armed;
    // The sleeper goes on: the next call usually arms before it wakes, and needs no new timer then.
}

void deadline_queue::stop() noexcept
{
    stopped_ = true;
    wake();
}

void deadline_queue::wake() noexcept
{
    if (!sleeping_)
        return;
    sleeping_ = false;
    wake_signal_.emit(asio::cancellation_type::terminal);
}

async::steady_point deadline_queue::next_wake() const
{
    auto now = clock_.now();
    auto earliest = std::ranges::min_element(armed_, {}, &entry::due)->due;
    return std::clamp<async::steady_point>(earliest, now + granularity, now + longest_sleep);
}

/// Time in which the whole process stood still, as in a suspend, is given back: an answer that came before lies in the
/// socket and is read first. Cut off, a purchase that succeeded would be a doubt.
void deadline_queue::give_back_standstill()
{
    const auto now = clock_.now();
    const auto late = now - sleeping_until_;
    if (late <= longest_sleep)
        return;
    for (auto& one : armed_)
        if (one.due <= now)
            one.due += late;
}

void deadline_queue::fire_expired()
{
    auto now = clock_.now();
    for (std::size_t i = 0; i < armed_.size();) {
        if (armed_[i].due > now) {
            ++i;
            continue;
        }
        deadline* one = armed_[i].target;
        disarm(*one);
        one->on_deadline();
    }
}

task<> deadline_queue::sweep(std::shared_ptr<deadline_queue> self)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!self->stopped_ && !self->armed_.empty()) {
        self->sleeping_until_ = self->next_wake();
        self->sleeping_ = true;
        co_await self->clock_.sleep_until(self->sleeping_until_);
        self->sleeping_ = false;
        self->give_back_standstill();
        // A sleeper that was woken early counts as cancelled, and could not sleep again.
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        self->fire_expired();
    }
    self->running_ = false;
}

} // namespace ulak::http
