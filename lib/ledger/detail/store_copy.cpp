#include "ledger/detail/store_copy.hpp"

#include "core/file_descriptor.hpp"
#include "ledger/detail/folder_lock.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ulak::ledger {
namespace {

/// A MiB, that a disk's cache takes in about a millisecond.
constexpr int pages_per_piece = 256;

/// Nothing is worth a sync before the copy is whole, and nobody else has the file.
constexpr char copy_settings[] = "PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;";

error cannot_write(const std::string& path, const std::string& why)
{
    return error(errc::unsupported,
                 path + " cannot be written: " + why +
                     "; name a file in a folder that ulakd's user may write to, such as its state_dir");
}

bool is_there(const std::string& path)
{
    struct stat seen = {};
    return ::lstat(path.c_str(), &seen) == 0;
}

/// One that a killed daemon left behind is made anew: nobody else makes files of that name for us.
result<void> make_part(const std::string& part)
{
    ::unlink(part.c_str());
    const file_descriptor made(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!made)
        return cannot_write(part, std::strerror(errno));
    return {};
}

bool sync_file(const std::string& path)
{
    const file_descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    return file && ::fsync(file.get()) == 0;
}

} // namespace

result<std::unique_ptr<store_copy>> store_copy::begin(database& from, const std::string& path)
{
    if (!path.starts_with('/') || path.ends_with('/') || path.find('\0') != std::string::npos)
        return error(errc::invalid_argument, "the file of a backup needs an absolute path");
    if (is_there(path))
        return error(errc::invalid_argument, path + " is there already: a backup never replaces a file");
    if (auto made = make_part(path + ".part"); !made)
        return made.error();
    auto to = database::open_existing(path + ".part");
    if (!to)
        return cannot_write(path, to.error().message);
    std::unique_ptr<store_copy> copy(new store_copy(path, *std::move(to)));
    if (auto set = copy->to_->execute_script(copy_settings); !set)
        return cannot_write(path, set.error().message);
    copy->work_.reset(sqlite3_backup_init(copy->to_->handle(), "main", from.handle(), "main"));
    if (!copy->work_)
        return cannot_write(path, sqlite3_errmsg(copy->to_->handle()));
    return copy;
}

store_copy::~store_copy()
{
    work_.reset();
    to_.reset();
    if (!part_.empty())
        ::unlink(part_.c_str());
}

result<bool> store_copy::copy_piece()
{
    const int code = sqlite3_backup_step(work_.get(), pages_per_piece);
    if (code == SQLITE_OK)
        return false;
    if (code == SQLITE_DONE)
        return finish();
    return cannot_write(path_, sqlite3_errstr(code));
}

/// A file without a log of its own: whoever takes it away takes all of it.
result<bool> store_copy::finish()
{
    work_.reset();
    if (auto whole = to_->execute_script("PRAGMA journal_mode=DELETE"); !whole)
        return cannot_write(path_, whole.error().message);
    to_.reset();
    if (!sync_file(part_))
        return cannot_write(path_, std::strerror(errno));
    return true;
}

result<void> store_copy::publish()
{
    // Unlike a renaming, this never replaces a file.
    if (::link(part_.c_str(), path_.c_str()) != 0)
        return cannot_write(path_, std::strerror(errno));
    ::unlink(std::exchange(part_, {}).c_str());
    if (!sync_folder(std::filesystem::path(path_).parent_path().string()))
        return cannot_write(path_, std::strerror(errno));
    return {};
}

} // namespace ulak::ledger
