// Holds a path for one process, whatever becomes of the files below it. Private to the module.
#pragma once

#include "core/error.hpp"
#include "core/file_descriptor.hpp"

#include <string>

namespace ulak::ledger {

/// The path without links, also of a folder that does not exist.
std::string canonical_path(const std::string& path);

/// A socket with a name in the kernel, made of the path. No file stands for it, so nobody can delete or move it, and it
/// goes with the process. It sees the processes of its network namespace; `folder_lock` sees the others.
class path_lock {
  public:
    /// errc::conflict, with the holder as its text ("process 12"), when another process or object holds the path. Where
    /// the kernel has no such names the lock is empty. A stranger (neither root, nor this user, nor the owner of the
    /// path) cannot keep the path from others by holding the name.
    static result<path_lock> take(const std::string& path);

  private:
    explicit path_lock(file_descriptor s) noexcept : socket_(std::move(s)) {}
    file_descriptor socket_;
};

} // namespace ulak::ledger
