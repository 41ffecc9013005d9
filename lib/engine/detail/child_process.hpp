// A child of the daemon, from its start to its end.
#pragma once

#include "async/task.hpp"
#include "core/error.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <sys/types.h>

#include <chrono>

namespace ulak::engine {

/// Once SIGKILL was sent, a process ends within milliseconds, or it does not end. Shorter than what a stop of the
/// engine leaves. By the machine's clock, whatever the caller's is.
inline constexpr std::chrono::milliseconds kill_grace(200);

/// Never waits for the process on the loop. One that is neither reaped nor given up when this dies is killed with its
/// group, and reaped or handed to left_children.
class child_process {
  public:
    /// `pid` leads a process group of its own, and nobody else reaps it.
    child_process(executor ex, pid_t pid);
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;
    ~child_process();

    pid_t pid() const noexcept { return pid_; }

    /// Until it has ended by itself; reaps it. What it started and left in its group goes on. Errors:
    ///   transient  it left with a status other than 0, or by a signal
    ///   cancelled
    task<result<void>> wait();

    /// Kills it with its group. False: it still runs after `kill_grace` and is handed to left_children. Not to be
    /// cancelled.
    task<bool> kill();

  private:
    task<result<void>> readable();
    task<> readable_within(std::chrono::milliseconds at_most);
    bool reap(int& status);

    pid_t pid_;
    bool ours_ = true; ///< to be reaped here
    boost::asio::posix::basic_stream_descriptor<executor> pidfd_;
};

} // namespace ulak::engine
