// A time by which a call must have ended. For single calls, not for whole workflows.
#pragma once

#include "async/clock.hpp"
#include "async/waiter.hpp"
#include "core/error.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace ulak::async {

namespace detail {

// The roots of the two branches: a cancellation must reach the work as a value. The optional is there because Asio
// makes an empty result when a branch throws.
template<class T>
task<std::optional<result<T>>> work_branch(task<result<T>> work)
{
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    auto outcome = co_await std::move(work);
    co_return std::optional<result<T>>(std::move(outcome));
}

task<boost::system::error_code> sleep_branch(clock& time, steady_point when);

/// The error for an `operation_aborted` that a cancelled branch threw; rethrows every other exception.
error abort_error(std::exception_ptr failure, bool by_deadline);

/// The error for work that returned "cancelled": timed out if the deadline cancelled it.
error cancelled_error(error from_work, bool by_deadline);

} // namespace detail

/// Runs `work` until it ends or `when` has come; then cancels it and waits for its end.
///
/// The result of the work counts, also when both end together: a finished purchase is never thrown away.
/// errc::timed_out: the deadline cut the work off; the reach is what the work reported.
/// errc::cancelled: the caller was cancelled, which reaches the work.
/// Both come with reach::not_sent when the work was not begun, because the caller was cancelled or the time had come
/// before. An exception of the work comes through. The clock must outlive the call.
template<class T>
task<result<T>> with_deadline(clock& time, steady_point when, task<result<T>> work)
{
    namespace asio = boost::asio;
    const bool stopped = co_await cancellation_requested();
    if (stopped)
        co_return error(errc::cancelled, "cancelled before it began");
    if (when <= time.now())
        co_return error(errc::timed_out, "no time was left to begin");
    auto ex = co_await asio::this_coro::executor;
    auto group = asio::experimental::make_parallel_group(
        asio::co_spawn(ex, detail::work_branch<T>(std::move(work)), asio::deferred),
        asio::co_spawn(ex, detail::sleep_branch(time, when), asio::deferred));
    auto ended = co_await group.async_wait(asio::experimental::wait_for_one(), use_task);
    auto& [order, work_threw, outcome, sleep_threw, sleep_error] = ended;
    const bool by_deadline = order[0] == 1 && !sleep_threw && !sleep_error;
    if (work_threw)
        co_return detail::abort_error(work_threw, by_deadline);
    if (outcome->has_error() && outcome->error().code == errc::cancelled)
        co_return detail::cancelled_error(outcome->error(), by_deadline);
    co_return std::move(*outcome);
}

} // namespace ulak::async
