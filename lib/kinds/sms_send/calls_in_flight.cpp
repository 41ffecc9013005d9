#include "kinds/sms_send/calls_in_flight.hpp"

#include "kinds/waiting.hpp"

#include <cassert>
#include <utility>

namespace ulak::kinds::sms {

struct calls_in_flight::flight {
    flight(send_call call_, std::uint64_t number_) : call(std::move(call_)), number(number_) {}

    send_call call;
    std::uint64_t number;
    std::optional<calls_in_flight::outcome> outcome{};
};

calls_in_flight::calls_in_flight(run_context& c, purchaser& purchases, std::size_t width)
    : context_(c),
      purchases_(purchases),
      width_(width),
      group_(c.environment().ex, [this](std::string_view, std::exception_ptr failure) { keep_failure(failure); })
{}

void calls_in_flight::keep_failure(std::exception_ptr failure)
{
    if (!failure_)
        failure_ = std::move(failure);
    --under_way_;
    for (auto& waiter : waiting_)
        waiter.wake();
}

task<> calls_in_flight::begin(send_call call)
{
    assert(!full() && "one call more than the account allows");
    auto f = std::make_shared<flight>(std::move(call), ++begun_);
    positions_.insert(f->call.positions.begin(), f->call.positions.end());
    ++under_way_;
    if (width_ == 1) {
        co_await carry_out(std::move(f));
        co_return;
    }
    const std::string step = f->call.step;
    group_.spawn("call " + step, carry_out(std::move(f)));
}

task<> calls_in_flight::carry_out(std::shared_ptr<flight> f)
{
    co_await reset_cancellation();
    auto settled = co_await purchases_.purchase(f->call);
    f->outcome.emplace(std::move(settled));
    finished_.push_back(std::move(f));
    --under_way_;
    for (auto& waiter : waiting_)
        waiter.wake();
}

std::optional<calls_in_flight::outcome> calls_in_flight::take()
{
    if (finished_.empty())
        return std::nullopt;
    const auto f = std::move(finished_.front());
    finished_.pop_front();
    last_taken_ = f->number;
    for (const std::int64_t position : f->call.positions)
        positions_.erase(position);
    return std::move(f->outcome);
}

task<> calls_in_flight::join()
{
    co_await reset_cancellation();
    while (group_.size() > 0) {
        co_await group_.join();
        co_await reset_cancellation();
    }
}

task<calls_in_flight::outcome> calls_in_flight::next()
{
    assert(!empty() && "an outcome of no call");
    co_await reset_cancellation();
    while ((finished_.empty() || failure_) && under_way_ > 0) {
        if (failure_ || context_.stopping() || context_.cancel_requested())
            group_.cancel();
        async::waiter finished(context_.environment().ex);
        waiting_.push_back(finished);
        co_await finished.wait();
        co_await reset_cancellation();
    }
    if (failure_)
        std::rethrow_exception(failure_);
    co_return *take();
}

} // namespace ulak::kinds::sms
