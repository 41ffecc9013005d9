// A loop with a manual clock and real sockets on loopback. Nothing sleeps: real time only bounds a test that hangs.
#pragma once

#include "async/manual_clock.hpp"
#include "async/task.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace ulak::http::testing {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// What a started task came to.
template<class T>
struct started {
    std::optional<T> value{};
    std::exception_ptr thrown{};
    asio::cancellation_signal signal{};

    bool ended() const { return value.has_value() || thrown; }
    T& get()
    {
        if (thrown)
            std::rethrow_exception(thrown);
        return value.value();
    }
    void cancel() { signal.emit(asio::cancellation_type::terminal); }
};

template<class T>
task<> keep_result(task<T> work, std::shared_ptr<started<T>> into)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    auto value = co_await std::move(work);
    into->value.emplace(std::move(value));
}

inline task<bool> with_value(task<> work)
{
    co_await std::move(work);
    co_return true;
}

/// Can jump between two looks at it, as in a suspend.
class jumping_clock final : public async::manual_clock {
  public:
    using manual_clock::manual_clock;
    async::steady_point now() const override
    {
        if (looks_until_jump_ > 0 && --looks_until_jump_ == 0)
            jumped_ += jump_;
        return manual_clock::now() + jumped_;
    }
    void jump_at_look(int number, std::chrono::milliseconds by)
    {
        looks_until_jump_ = number;
        jump_ = by;
    }

  private:
    mutable int looks_until_jump_ = 0;
    std::chrono::milliseconds jump_{0};
    mutable std::chrono::milliseconds jumped_{0};
};

struct loop_fixture {
    asio::io_context io{1};
    executor ex = io.get_executor();
    jumping_clock clock{ex, from_unix_ms(1'795'000'000'000)};

    template<class T>
    std::shared_ptr<started<T>> start(task<T> work)
    {
        auto out = std::make_shared<started<T>>();
        auto ended = [out](std::exception_ptr thrown) { out->thrown = thrown; };
        asio::co_spawn(ex, keep_result(std::move(work), out), asio::bind_cancellation_slot(out->signal.slot(), ended));
        return out;
    }

    std::shared_ptr<started<bool>> start(task<> work) { return start(with_value(std::move(work))); }

    /// Turns the loop until `done`.
    void until(const std::function<bool()>& done)
    {
        auto limit = std::chrono::steady_clock::now() + 100s; // a busy machine is no failure
        io.restart();
        while (!done()) {
            if (std::chrono::steady_clock::now() > limit)
                throw std::runtime_error("the loop does not get there");
            if (io.stopped())
                io.restart();
            io.run_one_for(50ms);
        }
    }

    /// Lets everything happen that needs no time but what the kernel takes on loopback.
    void turn()
    {
        io.restart();
        while (io.run_one_for(10ms) > 0) {
        }
    }

    template<class T>
    T run(task<T> work)
    {
        auto one = start(std::move(work));
        until([&] { return one->ended(); });
        return std::move(one->get());
    }

    void run(task<> work) { run(with_value(std::move(work))); }

    async::steady_point in(std::chrono::milliseconds span) const { return clock.now() + span; }
    void pass(std::chrono::milliseconds span) { clock.advance(span); }
};

} // namespace ulak::http::testing
