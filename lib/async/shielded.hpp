// Work that a cancellation must not interrupt: refunds, and commits of what was bought.
#pragma once

#include "async/task.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace ulak::async {

namespace detail {

// Asio makes an empty value when the work throws; the optional is for values that cannot be made so.
template<class T>
task<std::optional<T>> in_optional(task<T> work)
{
    auto value = co_await std::move(work);
    co_return std::optional<T>(std::move(value));
}

} // namespace detail

/// Runs `work` to its end where no cancellation of the caller reaches it, also when the caller was cancelled before,
/// and gives its value. Runs on the caller's executor; what the work throws comes through.
/// A cancellation that arrives meanwhile is not lost: the caller meets it at its next wait, or with
/// `cancellation_requested`. The work must end by itself: it needs deadlines of its own.
template<class T>
task<T> shielded(task<T> work)
{
    auto ex = co_await boost::asio::this_coro::executor;
    auto no_slot = boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(), use_task);
    if constexpr (std::is_void_v<T> || std::is_default_constructible_v<T>) {
        co_return co_await boost::asio::co_spawn(ex, std::move(work), std::move(no_slot));
    } else {
        auto value = co_await boost::asio::co_spawn(ex, detail::in_optional(std::move(work)), std::move(no_slot));
        co_return std::move(*value);
    }
}

} // namespace ulak::async
