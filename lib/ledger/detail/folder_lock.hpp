// Locks the state folder for one daemon, and makes what it has to hold. Private to the module.
#pragma once

#include "core/error.hpp"
#include "core/file_descriptor.hpp"
#include "ledger/detail/path_lock.hpp"

#include <functional>
#include <string>

namespace ulak::ledger {

/// The lock on a state folder: on its path, and on the inode of `ulak.lock` in it, for a folder may have two paths, and
/// a lock's file may be removed. The kernel releases both when the process dies, however it dies.
class folder_lock {
  public:
    /// Holds the path, asks `may_make`, creates the folder (0700) where its parent exists, and locks it.
    /// errc::unavailable for a folder that cannot be used, errc::conflict for one that another daemon holds, else the
    /// error of `may_make`.
    static result<folder_lock> take(const std::string& folder, const std::function<result<void>()>& may_make = {});

  private:
    folder_lock(path_lock path, file_descriptor file) noexcept : path_(std::move(path)), file_(std::move(file)) {}
    path_lock path_;
    file_descriptor file_;
};

/// Creates an empty file that only its owner can read, unless it exists. SQLite gives its log the same mode.
result<void> create_private_file(const std::string& path);

/// Whether the file exists and is not empty.
bool has_content(const std::string& path);

/// Makes names that were made or removed in the folder durable.
bool sync_folder(const std::string& folder);

} // namespace ulak::ledger
