#include "ledger/ballast.hpp"

#include "core/descriptor.hpp"

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

constexpr std::uint64_t usual_size = 16 << 20;
constexpr std::uint64_t part_of_a_small_disk = 8;

file_descriptor open_file(const std::string& path, int flags)
{
    return file_descriptor(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
}

error no_room(const std::string& path, int why)
{
    return error(errc::unavailable,
                 "there is no room to keep in " + path + ": " + std::strerror(why) + "; free some space on its disk");
}

std::uint64_t size_of(int fd)
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
        return no_room(path_, errno);
    const auto size = std::min(usual_size, disk.f_blocks * disk.f_frsize / part_of_a_small_disk);
    if (size_of(file.get()) >= size)
        return {};
    if (disk.f_bavail * disk.f_frsize < 2 * size)
        return no_room(path_, ENOSPC);
    if (const int failed = ::posix_fallocate(file.get(), 0, static_cast<off_t>(size)); failed != 0) {
        (void)!::ftruncate(file.get(), 0);
        return no_room(path_, failed);
    }
    return {};
}

bool ballast::drop() const
{
    const auto file = open_file(path_, O_RDWR);
    return file && size_of(file.get()) > 0 && ::ftruncate(file.get(), 0) == 0;
}

} // namespace ulak::ledger
