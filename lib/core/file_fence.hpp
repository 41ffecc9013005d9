// Opens files that others name, and only where they may lie: a link cannot lead the daemon to what it alone may read.
#pragma once

#include "core/file_descriptor.hpp"

#include <string>
#include <vector>

namespace ulak {

/// Where a file may lie once all its links are followed.
struct file_fence {
    std::string below{};                 ///< the folder that it must not leave; empty: it may lie anywhere
    std::vector<std::string> never_in{}; ///< folders whose files, at any depth, are not opened; they need not exist
};

/// The folders that hold secrets: `config_dir`/secrets and $CREDENTIALS_DIRECTORY.
std::vector<std::string> secret_folders(const std::string& config_dir);

/// Opens an absolute path for reading. Links are followed as long as they stay inside of the fence. The check and the
/// opening are one walk from folder to folder, each held open, so that nothing that is renamed or linked meanwhile
/// leads out. Never waits for a FIFO. What was opened may be no regular file: the caller looks at the descriptor, not
/// at the path. Empty, with errno:
///   EXDEV  the path or a link leads out of `below`
///   EPERM  it lies in a folder of `never_in`, or is another name of a file there
///   ELOOP  too many links
///   and those of open(2)
file_descriptor open_fenced(const std::string& path, const file_fence& fence);

} // namespace ulak
