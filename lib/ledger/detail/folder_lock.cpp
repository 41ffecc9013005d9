#include "ledger/detail/folder_lock.hpp"

#include <cerrno>
#include <cstring>

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
    return size > 0 ? std::string("process ") + text : "a process";
}

error held_by(const std::string& holder, const std::string& folder)
{
    return error(errc::conflict, "another ulakd (" + holder + ") uses the state folder " + folder +
                                     ": stop it, or name another state_dir");
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

result<folder_lock> folder_lock::take(const std::string& folder, const std::function<result<void>()>& may_make)
{
    auto path = path_lock::take(folder);
    if (!path)
        return held_by(path.error().message, folder);
    if (may_make)
        if (auto allowed = may_make(); !allowed)
            return allowed.error();
    if (auto made = create_folder(folder); !made)
        return made.error();
    const auto name = folder + "/ulak.lock";
    file_descriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file)
        return failed("the state folder " + folder + " cannot be written", "let ulakd's user own it");
    if (!lock_with_retries(file.get())) {
        if (errno != EWOULDBLOCK)
            return failed(name + " cannot be locked", "use a local file system");
        return held_by(lock_holder(file.get()), folder);
    }
    write_pid(file.get());
    return folder_lock(*std::move(path), std::move(file));
}

result<void> create_private_file(const std::string& path)
{
    const file_descriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd && errno != EEXIST)
        return failed(path + " cannot be made", "let ulakd's user own the folder");
    return {};
}

bool has_content(const std::string& path)
{
    struct stat seen = {};
    return ::stat(path.c_str(), &seen) == 0 && seen.st_size > 0;
}

bool sync_folder(const std::string& folder)
{
    const file_descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return fd && ::fsync(fd.get()) == 0;
}

} // namespace ulak::ledger
