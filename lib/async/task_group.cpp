#include "async/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <cassert>
#include <cstdio>
#include <vector>

namespace ulak::async {

namespace asio = boost::asio;

namespace {

task<> member_root(task<> work)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await std::move(work);
}

bool is_abort(std::exception_ptr failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& e) {
        return e.code() == asio::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

} // namespace

std::string exception_text(std::exception_ptr failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "an exception of an unknown type";
    }
}

task_group::task_group(executor ex, failure_handler on_failure) : executor_(ex), on_failure_(std::move(on_failure)) {}

task_group::~task_group()
{
    assert(members_.empty());
}

task_group::member_id task_group::spawn(std::string name, task<> work)
{
    const auto id = ++last_id_;
    members_.try_emplace(id, std::move(name));
    asio::post(executor_, [this, id, work = std::move(work)]() mutable { start(id, std::move(work)); });
    return id;
}

void task_group::start(member_id id, task<> work)
{
    auto& m = members_.at(id);
    auto ended = [this, id](std::exception_ptr failure) { finish(id, failure); };
    asio::co_spawn(executor_, member_root(std::move(work)),
                   asio::bind_cancellation_slot(m.signal.slot(), std::move(ended)));
    m.started = true;
    if (m.cancelled)
        m.signal.emit(asio::cancellation_type::terminal);
}

void task_group::finish(member_id id, std::exception_ptr failure)
{
    auto ended = members_.extract(id); // keeps the signal alive to the end of this function
    const auto& m = ended.mapped();
    if (members_.empty())
        for (auto& j : joiners_)
            j.wake();
    if (failure && !(m.cancelled && is_abort(failure)))
        on_failure_(m.name, failure);
}

void task_group::cancel()
{
    // Ids, not iterators: a cancelled member may spawn another.
    std::vector<member_id> all;
    for (const auto& [id, m] : members_)
        all.push_back(id);
    for (const auto id : all)
        cancel(id);
}

bool task_group::cancel(member_id id)
{
    const auto found = members_.find(id);
    if (found == members_.end())
        return false;
    found->second.cancelled = true;
    if (found->second.started)
        found->second.signal.emit(asio::cancellation_type::terminal);
    return true;
}

task<> task_group::join()
{
    while (!members_.empty()) {
        waiter me(executor_);
        joiners_.push_back(me);
        const auto stopped = co_await me.wait();
        if (stopped)
            co_return;
    }
}

void task_group::terminate_process(std::string_view name, std::exception_ptr failure)
{
    std::fprintf(stderr, "task %.*s failed: %s\n", static_cast<int>(name.size()), name.data(),
                 exception_text(failure).c_str());
    std::terminate();
}

} // namespace ulak::async
