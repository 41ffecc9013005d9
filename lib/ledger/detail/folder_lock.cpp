#include "ledger/detail/folder_lock.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ulak::ledger {
namespace {

error failed(const std::string& problem, const std::string& advice)
{
    return error(errc::unavailable, problem + ": " + std::strerror(errno) + "; " + advice);
}

result<void> create_folder(const std::string& folder)
{
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return failed("the state folder " + folder + " cannot be made",
                      "create it for ulakd's user, or name another state_dir");
    struct stat seen = {};
    if (::stat(folder.c_str(), &seen) != 0)
        return failed("the state folder " + folder + " cannot be read", "let ulakd's user own it");
    if (!S_ISDIR(seen.st_mode))
        return error(errc::unavailable, "the state folder " + folder + " is not a folder: name another state_dir");
    return {};
}

std::string lock_holder(int fd)
{
    char text[16] = {};
    const auto size = ::pread(fd, text, sizeof(text) - 1, 0);
    return size > 0 ? std::string(" (process ") + text + ")" : std::string();
}

/// A child that a killed daemon had just forked holds the lock until it executes its program: for some milliseconds, on
/// a busy machine for more.
constexpr int max_lock_attempts = 50;
constexpr int lock_retry_interval_ms = 20;

bool lock_with_retries(int fd)
{
    for (int i = 0; i < max_lock_attempts; ++i) {
        if (::flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK)
            return false;
        ::poll(nullptr, 0, lock_retry_interval_ms);
    }
    errno = EWOULDBLOCK;
    return false;
}

void write_pid(int fd)
{
    const auto pid = std::to_string(::getpid());
    // Only for people to read: the lock works without it.
    if (::ftruncate(fd, 0) == 0)
        (void)!::pwrite(fd, pid.data(), pid.size(), 0);
}

} // namespace

result<folder_lock> folder_lock::take(const std::string& folder)
{
    if (auto made = create_folder(folder); !made)
        return made.error();
    const auto path = folder + "/ulak.lock";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return failed("the state folder " + folder + " cannot be written", "let ulakd's user own it");
    folder_lock held(fd);
    if (!lock_with_retries(fd)) {
        if (errno != EWOULDBLOCK)
            return failed(path + " cannot be locked", "use a local file system");
        return error(errc::conflict, "another ulakd" + lock_holder(fd) + " uses the state folder " + folder +
                                         ": stop it, or name another state_dir");
    }
    write_pid(fd);
    return held;
}

folder_lock::folder_lock(folder_lock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

folder_lock& folder_lock::operator=(folder_lock&& other) noexcept
{
    std::swap(fd_, other.fd_);
    return *this;
}

folder_lock::~folder_lock()
{
    if (fd_ >= 0)
        ::close(fd_);
}

result<void> create_private_file(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 && errno != EEXIST)
        return failed(path + " cannot be made", "let ulakd's user own the folder");
    if (fd >= 0)
        ::close(fd);
    return {};
}

bool has_content(const std::string& path)
{
    struct stat seen = {};
    return ::stat(path.c_str(), &seen) == 0 && seen.st_size > 0;
}

} // namespace ulak::ledger
