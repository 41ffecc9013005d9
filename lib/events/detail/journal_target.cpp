#include "events/detail/journal_target.hpp"

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace ulak::events {
namespace {

constexpr int send_buffer = 8 << 20; ///< as libsystemd asks for; the kernel's own limit may be less

bool write_all(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto went = ::write(fd, bytes.data(), bytes.size());
        if (went < 0 && errno == EINTR)
            continue;
        if (went <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(went));
    }
    return true;
}

/// journald takes a memfd only when nobody can change it any more. -1 when it cannot be made.
int sealed_memfd(std::string_view bytes)
{
    const int fd = ::memfd_create("ulak-event", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -1;
    constexpr int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    if (write_all(fd, bytes) && ::fcntl(fd, F_ADD_SEALS, seals) == 0)
        return fd;
    ::close(fd);
    return -1;
}

ssize_t send_descriptor(int socket, int passed)
{
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr m = {};
    m.msg_control = control;
    m.msg_controllen = sizeof(control);
    auto* head = CMSG_FIRSTHDR(&m);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(head), &passed, sizeof(int));
    return ::sendmsg(socket, &m, MSG_DONTWAIT | MSG_NOSIGNAL);
}

} // namespace

write_result journal_target::write(std::string_view record, std::size_t&)
{
    if (fd_ < 0 && !connect())
        return write_result::broken;
    if (send(record) >= 0)
        return write_result::all;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return write_result::would_block;
    // journald's socket was replaced. The next record connects anew.
    disconnect();
    return write_result::broken;
}

ssize_t journal_target::send(std::string_view record)
{
    const auto sent = ::send(fd_, record.data(), record.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0 || (errno != EMSGSIZE && errno != ENOBUFS))
        return sent;
    const int memory = sealed_memfd(record);
    if (memory < 0)
        return -1;
    const auto passed = send_descriptor(fd_, memory);
    const int why = errno;
    ::close(memory);
    errno = why;
    return passed;
}

bool journal_target::connect()
{
    sockaddr_un to = {};
    to.sun_family = AF_UNIX;
    if (path_.size() >= sizeof(to.sun_path))
        return false;
    std::memcpy(to.sun_path, path_.data(), path_.size());
    fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd_ < 0)
        return false;
    (void)::setsockopt(fd_, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof(send_buffer));
    if (::connect(fd_, static_cast<const sockaddr*>(static_cast<const void*>(&to)), sizeof(to)) == 0)
        return true;
    disconnect();
    return false;
}

void journal_target::disconnect() noexcept
{
    if (fd_ >= 0)
        ::close(fd_);
    fd_ = -1;
}

std::unique_ptr<log_target> make_journal_target(std::string socket_path)
{
    return std::make_unique<journal_target>(std::move(socket_path));
}

bool is_journal_stream(int fd, const char* journal_stream)
{
    struct stat seen = {};
    if (journal_stream == nullptr || ::fstat(fd, &seen) != 0)
        return false;
    return std::to_string(seen.st_dev) + ':' + std::to_string(seen.st_ino) == journal_stream;
}

} // namespace ulak::events
