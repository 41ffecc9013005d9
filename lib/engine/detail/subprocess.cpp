#include "engine/detail/subprocess.hpp"

#include "async/deadline.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ulak::engine {

namespace asio = boost::asio;
using descriptor = asio::posix::basic_stream_descriptor<executor>;

namespace {

/// Nothing of the daemon's own environment: it may hold secrets.
constexpr const char* environment[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                                       "LANG=C.UTF-8", nullptr};

error spawn_error(int code, const std::string& program)
{
    const auto kind = code == ENOENT ? errc::not_found : code == EACCES ? errc::forbidden : errc::unavailable;
    return error(kind, program + " cannot be started: " + std::strerror(code));
}

/// posix_spawn's file actions and attributes.
class spawn_options {
  public:
    explicit spawn_options(int input)
    {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, input, 0);
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addclosefrom_np(&files, 3);
        posix_spawnattr_init(&attributes);
        sigset_t all, none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes, &all); // the daemon ignores SIGPIPE; the program must not
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    spawn_options(const spawn_options&) = delete;
    spawn_options& operator=(const spawn_options&) = delete;
    ~spawn_options()
    {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }

    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
};

result<pid_t> spawn(const std::vector<std::string>& arguments, int input)
{
    std::vector<char*> argv;
    for (const auto& a : arguments)
        argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    spawn_options options(input);
    pid_t pid = 0;
    const int code = posix_spawn(&pid, argv[0], &options.files, &options.attributes, argv.data(),
                                 const_cast<char* const*>(environment));
    if (code != 0)
        return spawn_error(code, arguments[0]);
    return pid;
}

/// glibc 2.36 declares pidfd_open for C alone.
int open_pidfd(pid_t pid)
{
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

/// A process that is killed with its group and reaped when this is destroyed, if it has not ended before.
class subprocess {
  public:
    subprocess(executor ex, pid_t pid) : pid_(pid), pidfd_(ex, open_pidfd(pid)) {}
    subprocess(const subprocess&) = delete;
    subprocess& operator=(const subprocess&) = delete;
    ~subprocess()
    {
        if (pid_ == 0)
            return;
        ::kill(-pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0); // it is dead: this does not wait
    }

    task<result<void>> wait()
    {
        boost::system::error_code failed;
        auto token = asio::redirect_error(use_task, failed);
        co_await pidfd_.async_wait(asio::posix::descriptor_base::wait_read, std::move(token));
        if (failed)
            co_return error(errc::cancelled, "cancelled while the program ran");
        int status = 0;
        ::waitpid(std::exchange(pid_, 0), &status, 0);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
            co_return result<void>();
        if (WIFEXITED(status))
            co_return error(errc::transient, "the program left with status " + std::to_string(WEXITSTATUS(status)));
        co_return error(errc::transient, "the program was ended by signal " + std::to_string(WTERMSIG(status)));
    }

  private:
    pid_t pid_;
    descriptor pidfd_;
};

/// write(2) without SIGPIPE, whatever the process does with that signal.
ssize_t write_quietly(int to, std::string_view bytes)
{
    sigset_t pipe, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    const auto n = ::write(to, bytes.data(), bytes.size());
    const int code = errno;
    if (n < 0 && code == EPIPE && sigismember(&before, SIGPIPE) == 0) {
        const timespec now{0, 0};
        ::sigtimedwait(&pipe, nullptr, &now);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = code;
    return n;
}

/// A program that does not want all of its input is no failure.
task<> write_all(descriptor& to, std::string_view text)
{
    to.native_non_blocking(true);
    while (!text.empty()) {
        const auto n = write_quietly(to.native_handle(), text);
        if (n > 0) {
            text.remove_prefix(static_cast<std::size_t>(n));
            continue;
        }
        if (errno != EAGAIN && errno != EINTR)
            break;
        boost::system::error_code failed;
        auto token = asio::redirect_error(use_task, failed);
        co_await to.async_wait(asio::posix::descriptor_base::wait_write, std::move(token));
        if (failed)
            break;
    }
    to.close();
}

task<result<void>> write_and_wait(subprocess& c, descriptor& input, std::string_view text)
{
    co_await write_all(input, text);
    co_return co_await c.wait();
}

} // namespace

task<result<void>> run_program(executor ex, async::clock& time, std::vector<std::string> arguments, std::string input,
                               async::steady_point deadline)
{
    int ends[2];
    if (arguments.empty() || ::pipe2(ends, O_CLOEXEC) != 0)
        co_return error(errc::unavailable, "no pipe to the program: " + std::string(std::strerror(errno)));
    descriptor ours(ex, ends[1]);
    const auto pid = spawn(arguments, ends[0]);
    ::close(ends[0]);
    if (!pid)
        co_return pid.error();
    subprocess c(ex, *pid);
    auto ended = co_await async::with_deadline(time, deadline, write_and_wait(c, ours, input));
    if (!ended && ended.error().code == errc::timed_out)
        co_return error(errc::timed_out, "the program did not end in time and was killed");
    co_return ended;
}

} // namespace ulak::engine
