// The owner of spawned coroutines: nothing is detached, everything can be cancelled and joined.
#pragma once

#include "async/task.hpp"
#include "async/waiter.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace ulak::async {

/// One loop thread. The group must outlive its members; its destructor asserts that they have ended. Members see a
/// cancellation as a value, not as an exception.
class task_group {
  public:
    using member_id = std::uint64_t;
    using failure_handler = std::function<void(std::string_view name, std::exception_ptr failure)>;

    /// `on_failure` gets every exception that escapes a member. The default prints name and text on stderr and ends the
    /// process: state that an unknown exception has left behind cannot be trusted with money. A cancelled member that
    /// ends with `operation_aborted` has not failed.
    explicit task_group(executor ex, failure_handler on_failure = terminate_process);
    ~task_group();
    task_group(const task_group&) = delete;
    task_group& operator=(const task_group&) = delete;

    /// The work begins at a later turn of the loop, never inside this call. `name` is for the failure handler.
    member_id spawn(std::string name, task<> work);

    /// Cancels (terminal) all members, or one. A member that has not begun yet still begins, and is cancelled at its
    /// first wait. Members that are spawned later are not touched. False: the member has ended already.
    void cancel();
    bool cancel(member_id member);

    /// Returns once the group is empty, or when the caller is cancelled (then `size()` is not zero and the members go
    /// on). Not to be called by a member.
    task<> join();

    std::size_t size() const noexcept { return members_.size(); }

    [[noreturn]] static void terminate_process(std::string_view name, std::exception_ptr failure);

  private:
    struct member {
        explicit member(std::string name_) : name(std::move(name_)) {}
        std::string name;
        boost::asio::cancellation_signal signal{};
        bool started = false;
        bool cancelled = false;
    };

    void start(member_id id, task<> work);
    void finish(member_id id, std::exception_ptr failure);

    executor executor_;
    failure_handler on_failure_;
    member_id last_id_ = 0;
    std::map<member_id, member> members_;
    wait_queue<> joiners_;
};

/// The text of an exception, for a log line.
std::string exception_text(std::exception_ptr failure);

} // namespace ulak::async
