#include "engine/detail/child_process.hpp"

#include "async/timer.hpp"
#include "engine/detail/left_children.hpp"

#include <boost/asio/redirect_error.hpp>

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace ulak::engine {

namespace asio = boost::asio;

namespace {

/// glibc 2.36 declares pidfd_open for C alone. The child is not reaped yet, so the number is still its own.
int open_pidfd(pid_t pid)
{
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

result<void> outcome_of(int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    if (WIFEXITED(status))
        return error(errc::transient, "the program left with status " + std::to_string(WEXITSTATUS(status)));
    return error(errc::transient, "the program was ended by signal " + std::to_string(WTERMSIG(status)));
}

} // namespace

/// Without a descriptor, as where the process has no more of them, it cannot be watched, and wait() says so.
child_process::child_process(executor ex, pid_t pid) : pid_(pid), pidfd_(ex)
{
    const int fd = open_pidfd(pid);
    boost::system::error_code failed;
    if (fd >= 0)
        pidfd_.assign(fd, failed);
    if (fd >= 0 && failed)
        ::close(fd);
}

child_process::~child_process()
{
    if (!ours_)
        return;
    ::kill(-pid_, SIGKILL);
    int status = 0;
    if (!reap(status))
        left_children::of_process().add(pid_);
}

/// False: it still runs.
bool child_process::reap(int& status)
{
    ours_ = ::waitpid(pid_, &status, WNOHANG) == 0;
    return !ours_;
}

/// A pidfd can be read once the process has ended.
task<result<void>> child_process::readable()
{
    boost::system::error_code failed;
    auto token = asio::redirect_error(use_task, failed);
    co_await pidfd_.async_wait(asio::posix::descriptor_base::wait_read, std::move(token));
    if (failed == asio::error::operation_aborted)
        co_return error(errc::cancelled, "cancelled while the program ran");
    if (failed)
        co_return error(errc::unavailable, "the program cannot be watched: " + failed.message());
    co_return result<void>();
}

/// By Asio's own timer, which needs no descriptor: the process may have none left.
task<> child_process::readable_within(std::chrono::milliseconds at_most)
{
    async::steady_timer limit(pidfd_.get_executor(), at_most);
    const auto ended = std::make_shared<bool>(false);
    limit.async_wait([this, ended](boost::system::error_code failed) {
        if (!failed && !*ended)
            pidfd_.cancel(failed);
    });
    co_await readable();
    *ended = true;
}

task<result<void>> child_process::wait()
{
    auto ended = co_await readable();
    if (!ended)
        co_return ended;
    int status = 0;
    if (!reap(status))
        co_return error(errc::unavailable, "the end of the program cannot be seen");
    co_return outcome_of(status);
}

task<bool> child_process::kill()
{
    ::kill(-pid_, SIGKILL); // refused for those of another user
    int status = 0;
    if (reap(status))
        co_return true;
    co_await readable_within(kill_grace);
    if (reap(status))
        co_return true;
    ours_ = false;
    left_children::of_process().add(pid_);
    co_return false;
}

} // namespace ulak::engine
