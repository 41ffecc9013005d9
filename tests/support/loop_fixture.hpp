// A loop with a manual clock, for tests of coroutines.
#pragma once

#include "async/manual_clock.hpp"
#include "async/task.hpp"
#include "async/task_group.hpp"
#include "core/wall_time.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace ulak::tests {

/// Doubts the wall time of a clock as long as it lives and is told to.
class doubting_judge final : public async::wall_judge {
  public:
    explicit doubting_judge(async::clock& clock) : clock_(clock) { clock_.set_judge(*this); }
    ~doubting_judge() override { clock_.forget_judge(*this); }
    doubting_judge(const doubting_judge&) = delete;
    doubting_judge& operator=(const doubting_judge&) = delete;

    std::string doubt() override { return doubts ? "it jumped" : ""; }
    std::optional<wall_point> expected_wall() override { return std::nullopt; }

    bool doubts = true;

  private:
    async::clock& clock_;
};

/// BOOST_FIXTURE_TEST_CASE(cancel_while_polling_refunds_the_number, loop_fixture)
class loop_fixture {
  public:
    ~loop_fixture()
    {
        io.restart();
        io.poll();
        BOOST_TEST(started_ == 0u, "tasks that were started have not ended: " << started_);
    }

    /// Drives the loop until the task has ended and returns its value; what it throws comes out. The clock stands still
    /// meanwhile, so a task that waits for it fails the test after a bounded number of turns: start() it and pass()
    /// time instead. Real sockets and threads are waited for, five seconds in all.
    template<class T>
    T run(task<T> work)
    {
        const auto ended = std::make_shared<end_of<T>>();
        boost::asio::co_spawn(io, keep(std::move(work), ended), ended_with(ended));
        turn_until(ended->over);
        if (ended->failure)
            std::rethrow_exception(ended->failure);
        if constexpr (!std::is_void_v<T>)
            return std::move(*ended->value);
    }

    /// Begins a task at the next turn; `pass` or `settle` then drive it. Emit the signal outside of the loop as you
    /// like. What the task throws fails the test.
    void start(task<> work, boost::asio::cancellation_signal* signal = nullptr)
    {
        ++started_;
        boost::asio::post(io, [this, signal, work = std::move(work)]() mutable { begin(std::move(work), signal); });
        settle();
    }

    /// Lets the manual clock go on, and all who wait for it.
    void pass(std::chrono::milliseconds d) { clock.advance(d); }

    /// Lets the loop do what it can without time going on.
    void settle() { clock.run_until_idle(); }

    std::size_t started() const noexcept { return started_; }

    boost::asio::io_context io{1};
    async::manual_clock clock{io.get_executor(), parse_rfc3339("2026-11-22T09:00:00Z").value()};

  private:
    template<class T>
    struct end_of {
        std::optional<std::conditional_t<std::is_void_v<T>, bool, T>> value{};
        std::exception_ptr failure{};
        bool over = false;
    };

    template<class T>
    static task<> keep(task<T> work, std::shared_ptr<end_of<T>> ended)
    {
        co_await boost::asio::this_coro::throw_if_cancelled(false);
        if constexpr (std::is_void_v<T>) {
            co_await std::move(work);
        } else {
            auto value = co_await std::move(work);
            ended->value.emplace(std::move(value));
        }
    }

    template<class T>
    static auto ended_with(std::shared_ptr<end_of<T>> ended)
    {
        return [ended](std::exception_ptr failure) {
            ended->failure = failure;
            ended->over = true;
        };
    }

    void turn_until(const bool& over)
    {
        constexpr std::size_t most_turns = 10'000'000, most_idle = 60'000; // an idle turn takes a millisecond
        const auto guard = boost::asio::make_work_guard(io);
        io.restart();
        std::size_t turns = 0, idle = 0;
        while (!over) {
            if (++turns > most_turns || idle > most_idle)
                BOOST_FAIL("the task did not end; " << clock.sleepers() << " coroutines wait for the manual clock");
            if (io.poll_one() == 0)
                idle += io.run_one_for(std::chrono::milliseconds(1)) == 0 ? 1 : 0;
        }
    }

    void begin(task<> work, boost::asio::cancellation_signal* signal)
    {
        auto ended = [this](std::exception_ptr failure) {
            --started_;
            BOOST_TEST(!failure,
                       "a started task threw: " << (failure ? async::exception_text(failure) : std::string()));
        };
        auto slot = signal ? signal->slot() : boost::asio::cancellation_slot();
        auto root = keep(std::move(work), std::make_shared<end_of<void>>());
        boost::asio::co_spawn(io, std::move(root), boost::asio::bind_cancellation_slot(slot, std::move(ended)));
    }

    std::size_t started_ = 0;
};

} // namespace ulak::tests
