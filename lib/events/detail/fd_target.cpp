#include "events/detail/fd_target.hpp"

#include "events/detail/sigpipe_guard.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ulak::events {
namespace {

bool has_space(int fd)
{
    pollfd p = {fd, POLLOUT, 0};
    return ::poll(&p, 1, 0) > 0;
}

} // namespace

fd_target::fd_target(int fd, bool owned) : fd_(fd), owned_(owned)
{
    inspect();
}

fd_target::~fd_target()
{
    if (owned_)
        ::close(fd_);
}

bool fd_target::coloured() const
{
    return ::isatty(fd_) == 1;
}

write_result fd_target::write(std::string_view bytes, std::size_t& done)
{
    sigpipe_guard guard;
    while (done < bytes.size()) {
        const auto written = write_some(bytes.substr(done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && (errno == EAGAIN || errno == ENOBUFS))
            return done > 0 ? write_result::partial : write_result::would_block;
        if (written < 0) {
            if (errno == EPIPE)
                guard.raised();
            return write_result::broken;
        }
        done += static_cast<std::size_t>(written);
    }
    return write_result::all;
}

void fd_target::replace_fd(int fd)
{
    ::close(fd_);
    fd_ = fd;
}

void fd_target::inspect()
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

/// An open file description of our own can be non-blocking without a change for the others that share this one.
void fd_target::reopen_nonblocking()
{
    const auto path = "/proc/self/fd/" + std::to_string(fd_);
    const int own = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (own < 0)
        return;
    fd_ = own;
    owned_ = true;
}

ssize_t fd_target::write_some(std::string_view bytes)
{
    if (type_ == file_type::socket)
        return ::send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (type_ == file_type::file)
        return ::write(fd_, bytes.data(), bytes.size());
    if (!has_space(fd_)) {
        errno = EAGAIN;
        return -1;
    }
    // A pipe or terminal that has space takes this much without blocking.
    return ::write(fd_, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
}

std::unique_ptr<log_target> make_fd_target(int fd)
{
    return std::make_unique<fd_target>(fd, false);
}

} // namespace ulak::events
