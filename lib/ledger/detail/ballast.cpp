#include "ledger/detail/ballast.hpp"

#include "core/file_descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace ulak::ledger {
namespace {

constexpr std::uint64_t default_size = 16 << 20;
constexpr std::uint64_t small_disk_divisor = 8;

file_descriptor open_file(const std::string& path, int flags)
{
    return file_descriptor(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
}

error no_space(const std::string& path, int why)
{
    return error(errc::unavailable,
                 "there is no room to keep in " + path + ": " + std::strerror(why) + "; free some space on its disk");
}

std::uint64_t allocated_bytes(int fd)
{
    struct stat seen = {};
    return ::fstat(fd, &seen) == 0 ? static_cast<std::uint64_t>(seen.st_blocks) * 512 : 0;
}

} // namespace

result<void> ballast::fill() const
{
    const auto file = open_file(path_, O_RDWR | O_CREAT);
    struct statvfs disk = {};
    if (!file || ::fstatvfs(file.get(), &disk) != 0)
        return no_space(path_, errno);
    const auto size = std::min(default_size, disk.f_blocks * disk.f_frsize / small_disk_divisor);
    if (allocated_bytes(file.get()) >= size)
        return {};
    if (disk.f_bavail * disk.f_frsize < 2 * size)
        return no_space(path_, ENOSPC);
    if (const int failed = ::posix_fallocate(file.get(), 0, static_cast<off_t>(size)); failed != 0) {
        (void)!::ftruncate(file.get(), 0);
        return no_space(path_, failed);
    }
    return {};
}

bool ballast::release() const
{
    const auto file = open_file(path_, O_RDWR);
    return file && allocated_bytes(file.get()) > 0 && ::ftruncate(file.get(), 0) == 0;
}

} // namespace ulak::ledger
