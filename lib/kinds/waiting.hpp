// How runs wait: a cancellation is a wake-up, after which the run looks at its flags and goes on.
#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"
#include "kinds/run_context.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <utility>

namespace ulak::kinds {

/// Takes note of a cancellation. Every wait that follows one would else end at once, and a run that has still to give a
/// number back must be able to wait again.
task<> reset_cancellation();

/// Sleeps until `when` or until somebody asks for the run's cancellation or for a stop: look at the flags afterwards.
/// Returns at once if the daemon stops.
task<> sleep_until(run_context& c, async::steady_point when);
task<> sleep_for(run_context& c, std::chrono::milliseconds d);

/// Until a wall time, however far away and however the wall clock jumps meanwhile.
task<> sleep_until_wall(run_context& c, wall_point when);

/// Runs the work where no cancellation reaches it. T has a default constructor.
template<class T>
task<T> shielded(task<T> work)
{
    auto ex = co_await boost::asio::this_coro::executor;
    auto alone = boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(), use_task);
    co_return co_await boost::asio::co_spawn(ex, std::move(work), std::move(alone));
}

} // namespace ulak::kinds
