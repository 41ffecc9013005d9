#include "http/server/socket_file.hpp"

#include <unistd.h>

#include <utility>

namespace ulak::http {

socket_file::socket_file(std::string path) : path_(std::move(path))
{
    struct stat seen{};
    if (::lstat(path_.c_str(), &seen) == 0) {
        device_ = seen.st_dev;
        inode_ = seen.st_ino;
    }
}

void socket_file::remove() noexcept
{
    struct stat seen{};
    if (!path_.empty() && ::lstat(path_.c_str(), &seen) == 0 && seen.st_dev == device_ && seen.st_ino == inode_)
        ::unlink(path_.c_str());
    path_.clear();
}

} // namespace ulak::http
