#include "core/detail/guarded_places.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>

namespace ulak {
namespace {

struct close_folder {
    void operator()(DIR* open) const noexcept { ::closedir(open); }
};

std::pair<dev_t, ino_t> identity_of(const struct stat& seen)
{
    return {seen.st_dev, seen.st_ino};
}

bool holds(const std::string& folder, const std::pair<dev_t, ino_t>& wanted)
{
    const std::unique_ptr<DIR, close_folder> open(::opendir(folder.c_str()));
    while (const dirent* entry = open ? ::readdir(open.get()) : nullptr) {
        struct stat seen{};
        if (::fstatat(::dirfd(open.get()), entry->d_name, &seen, AT_SYMLINK_NOFOLLOW) == 0 &&
            identity_of(seen) == wanted)
            return true;
    }
    return false;
}

} // namespace

guarded_places::guarded_places(std::vector<std::string> folders) : paths_(std::move(folders))
{
    for (const std::string& path : paths_) {
        struct stat seen{};
        if (::stat(path.c_str(), &seen) == 0)
            folders_.push_back(identity_of(seen));
    }
}

bool guarded_places::is_guarded_folder(int fd) const
{
    struct stat seen{};
    return ::fstat(fd, &seen) != 0 || std::ranges::find(folders_, identity_of(seen)) != folders_.end();
}

bool guarded_places::is_guarded_file(int fd) const
{
    struct stat seen{};
    if (::fstat(fd, &seen) != 0)
        return true;
    if (!S_ISREG(seen.st_mode) || seen.st_nlink < 2)
        return false;
    return std::ranges::any_of(paths_, [&](const std::string& path) { return holds(path, identity_of(seen)); });
}

} // namespace ulak
