// Who besides the owner a file or folder lets in.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

namespace ulak {

/// The permission bits that count for others: those of everybody, and of the group unless it is the owner's private
/// one, whose number is the owner's own, or that under which this process runs.
inline unsigned modes_for_others(const struct stat& about) noexcept
{
    const unsigned group = about.st_gid == about.st_uid || about.st_gid == ::getegid() ? 0 : about.st_mode >> 3;
    return (about.st_mode | group) & 07;
}

inline bool others_can_write(const struct stat& about) noexcept
{
    return (modes_for_others(about) & 02) != 0;
}

inline bool others_can_read(const struct stat& about) noexcept
{
    return (modes_for_others(about) & 04) != 0;
}

/// Whether others reach the files of this folder.
inline bool others_can_enter(const struct stat& about) noexcept
{
    return (modes_for_others(about) & 01) != 0;
}

} // namespace ulak
