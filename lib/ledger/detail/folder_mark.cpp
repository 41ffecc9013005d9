#include "ledger/detail/folder_mark.hpp"

#include "ledger/detail/fnv1a.hpp"
#include "ledger/detail/folder_lock.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ulak::ledger {
namespace {

/// "ulak-mark 1 ID COMMITS PLACE", padded to a fixed size within one sector, so that no reader sees it half written.
constexpr std::size_t mark_size = 128;
using mark_text = std::array<char, mark_size + 1>;

mark_text format_mark(const folder_mark::content& c)
{
    mark_text text = {};
    const int used = std::snprintf(text.data(), mark_size, "ulak-mark 1 %s %020lld %s", c.id.c_str(),
                                   static_cast<long long>(c.commits), c.place.c_str());
    const auto filled = std::min(static_cast<std::size_t>(used), mark_size - 1);
    std::memset(text.data() + filled, ' ', mark_size - filled);
    text[mark_size - 1] = '\n';
    return text;
}

bool write_synced(const std::string& path, const mark_text& text)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return false;
    const bool done = ::write(fd, text.data(), mark_size) == static_cast<ssize_t>(mark_size) && ::fsync(fd) == 0;
    return ::close(fd) == 0 && done;
}

} // namespace

folder_mark::folder_mark(folder_mark&& other) noexcept
    : folder_(std::move(other.folder_)),
      path_(std::move(other.path_)),
      last_(std::move(other.last_)),
      fd_(std::exchange(other.fd_, -1))
{}

folder_mark& folder_mark::operator=(folder_mark&& other) noexcept
{
    std::swap(folder_, other.folder_);
    std::swap(path_, other.path_);
    std::swap(last_, other.last_);
    std::swap(fd_, other.fd_);
    return *this;
}

folder_mark::~folder_mark()
{
    if (fd_ >= 0)
        ::close(fd_);
}

std::optional<folder_mark::content> folder_mark::read() const
{
    std::ifstream in(path_);
    std::string name, version;
    content c;
    if (!(in >> name >> version >> c.id >> c.commits) || name != "ulak-mark" || version != "1")
        return std::nullopt;
    if (std::string place; in >> place)
        c.place = place;
    return c;
}

result<void> folder_mark::write(const content& c)
{
    const auto fresh = path_ + ".new";
    if (!write_synced(fresh, format_mark(c)) || ::rename(fresh.c_str(), path_.c_str()) != 0 || !sync_folder(folder_))
        return error(errc::unavailable, path_ + " cannot be written: " + std::strerror(errno) +
                                            "; let ulakd's user own the folder and free some space");
    if (fd_ >= 0)
        ::close(std::exchange(fd_, -1));
    return {};
}

void folder_mark::update(std::int64_t commits) noexcept
{
    if (fd_ < 0) {
        fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
        last_ = read().value_or(content());
    }
    // Errors are ignored: the mark may lag behind the store.
    last_.commits = commits;
    const auto text = format_mark(last_);
    if (fd_ >= 0 && !last_.id.empty())
        (void)!::pwrite(fd_, text.data(), mark_size, 0);
}

std::string file_identity(const std::string& file)
{
    struct statx seen = {};
    if (::statx(AT_FDCWD, file.c_str(), AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &seen) != 0)
        return {};
    std::string machine;
    std::ifstream("/etc/machine-id") >> machine;
    return std::to_string(seen.stx_ino) + ' ' + std::to_string(seen.stx_btime.tv_sec) + '.' +
           std::to_string(seen.stx_btime.tv_nsec) + ' ' + std::to_string(fnv1a("ulak" + machine));
}

} // namespace ulak::ledger
