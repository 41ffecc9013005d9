#include "ledger/detail/watched_file.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ulak::ledger {

void watched_file::follow()
{
    inode_.reset();
    size_ = 0;
    file_descriptor fd(::open(path_.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (fd)
        inode_.emplace(std::move(fd));
    look();
}

watched_file::finding watched_file::look()
{
    if (!inode_)
        return finding::none;
    struct stat ours = {}, found = {};
    if (::fstat(inode_->get(), &ours) != 0)
        return finding::none;
    if (::lstat(path_.c_str(), &found) != 0)
        return finding::missing;
    if (found.st_ino != ours.st_ino || found.st_dev != ours.st_dev)
        return finding::replaced;
    found_size_ = ours.st_size;
    if (found_size_ < size_)
        return finding::shorter;
    size_ = found_size_;
    return finding::none;
}

/// The kernel follows the name of an inode. One that has none left ends in " (deleted)".
std::string watched_file::current_place() const
{
    struct stat ours = {};
    if (::fstat(inode_->get(), &ours) != 0 || ours.st_nlink == 0)
        return {};
    std::error_code failed;
    return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(inode_->get()), failed).string();
}

std::string watched_file::describe(finding what) const
{
    switch (what) {
    case finding::none: break;
    case finding::shorter:
        return path_ + " was cut from " + std::to_string(size_) + " to " + std::to_string(found_size_) + " bytes";
    case finding::missing:
    case finding::replaced: {
        const auto place = current_place();
        const std::string how = place.empty() ? " was deleted" : " was moved to " + place;
        return path_ + how + (what == finding::replaced ? ", and another file lies in its place" : "");
    }
    }
    return {};
}

std::string watched_file::remedy() const
{
    if (!current_place().empty())
        return "; move it back to its place, and work goes on by itself";
    return "; ulakd still has it open: before it stops, save it as root with cp /proc/" + std::to_string(::getpid()) +
           "/fd/" + std::to_string(inode_->get()) + " FILE, then put that file back as a backup";
}

} // namespace ulak::ledger
