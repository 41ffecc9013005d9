#include "events/detail/targets.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ulak::events {
namespace {

/// Holds SIGPIPE back on this thread and swallows the one that a write brought, whatever the process does with it.
class sigpipe_guard {
  public:
    sigpipe_guard()
    {
        sigemptyset(&sigpipe_);
        sigaddset(&sigpipe_, SIGPIPE);
        sigset_t waiting;
        sigpending(&waiting);
        was_pending_ = sigismember(&waiting, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
    }
    ~sigpipe_guard()
    {
        if (raised_ && !was_pending_) {
            const timespec at_once = {};
            while (sigtimedwait(&sigpipe_, nullptr, &at_once) < 0 && errno == EINTR) {
            }
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    sigpipe_guard(const sigpipe_guard&) = delete;
    sigpipe_guard& operator=(const sigpipe_guard&) = delete;
    void raised() noexcept { raised_ = true; }

  private:
    sigset_t sigpipe_{}, before_{};
    bool was_pending_ = false, raised_ = false;
};

bool has_room(int fd)
{
    pollfd p = {fd, POLLOUT, 0};
    return ::poll(&p, 1, 0) > 0;
}

class fd_target : public log_target {
  public:
    fd_target(int fd, bool own) : fd_(fd), owned_(own) { inspect(); }
    ~fd_target() override
    {
        if (owned_)
            ::close(fd_);
    }

    int fd() const override { return fd_; }
    bool coloured() const override { return ::isatty(fd_) == 1; }

    write_result write(std::string_view bytes, std::size_t& done) override
    {
        sigpipe_guard guard;
        while (done < bytes.size()) {
            const auto went = write_some(bytes.substr(done));
            if (went < 0 && errno == EINTR)
                continue;
            if (went < 0 && (errno == EAGAIN || errno == ENOBUFS))
                return done > 0 ? write_result::partial : write_result::would_block;
            if (went < 0) {
                if (errno == EPIPE)
                    guard.raised();
                return write_result::broken;
            }
            done += static_cast<std::size_t>(went);
        }
        return write_result::all;
    }

  protected:
    void replace_fd(int fd)
    {
        ::close(fd_);
        fd_ = fd;
    }

  private:
    enum class file_type { file, pipe, socket };

    void inspect()
    {
        struct stat seen = {};
        if (::fstat(fd_, &seen) != 0)
            return;
        if (S_ISSOCK(seen.st_mode))
            type_ = file_type::socket;
        else if (!S_ISREG(seen.st_mode))
            type_ = file_type::pipe;
        if (S_ISFIFO(seen.st_mode) && !owned_)
            reopen_nonblocking();
    }

    /// A description of our own can be non-blocking without a change for those who share this one.
    void reopen_nonblocking()
    {
        const auto path = "/proc/self/fd/" + std::to_string(fd_);
        const int again = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        if (again < 0)
            return;
        fd_ = again;
        owned_ = true;
    }

    ssize_t write_some(std::string_view bytes)
    {
        if (type_ == file_type::socket)
            return ::send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (type_ == file_type::file)
            return ::write(fd_, bytes.data(), bytes.size());
        if (!has_room(fd_)) {
            errno = EAGAIN;
            return -1;
        }
        // A pipe or terminal with room takes this much without waiting.
        return ::write(fd_, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
    }

    int fd_;
    bool owned_;
    file_type type_ = file_type::file;
};

int open_file(const std::string& path)
{
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0640);
}

class file_target : public fd_target {
  public:
    file_target(int fd, std::string path) : fd_target(fd, true), path_(std::move(path)) {}

    void reopen() override
    {
        if (const int fd = open_file(path_); fd >= 0)
            replace_fd(fd);
    }

  private:
    std::string path_;
};

} // namespace

std::unique_ptr<log_target> make_fd_target(int fd)
{
    return std::make_unique<fd_target>(fd, false);
}

std::unique_ptr<log_target> make_file_target(std::string path)
{
    const int fd = open_file(path);
    if (fd < 0)
        return nullptr;
    return std::make_unique<file_target>(fd, std::move(path));
}

} // namespace ulak::events
