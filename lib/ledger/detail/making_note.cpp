#include "ledger/detail/making_note.hpp"

#include "ledger/detail/folder_lock.hpp"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace ulak::ledger {

bool making_note::there() const
{
    struct stat about = {};
    return ::lstat(path_.c_str(), &about) == 0;
}

result<void> making_note::put() const
{
    if (auto made = create_private_file(path_); !made)
        return made;
    if (!sync_folder(folder_))
        return failed();
    return {};
}

result<void> making_note::remove() const
{
    if ((::unlink(path_.c_str()) != 0 && errno != ENOENT) || !sync_folder(folder_))
        return failed();
    return {};
}

error making_note::failed() const
{
    return error(errc::unavailable,
                 path_ + " cannot be written: " + std::strerror(errno) + "; let ulakd's user own the folder");
}

} // namespace ulak::ledger
