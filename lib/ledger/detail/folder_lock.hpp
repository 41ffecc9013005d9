// Locks the state folder for one daemon, and makes what it has to hold. Private to the module.
#pragma once

#include "core/error.hpp"

#include <string>

namespace ulak::ledger {

/// The lock on a state folder. The kernel releases it when the process dies, however it dies.
class folder_lock {
  public:
    /// Creates the folder (0700) where its parent exists, and locks it. errc::unavailable for a folder that cannot be
    /// used, errc::conflict for one that another daemon holds.
    static result<folder_lock> take(const std::string& folder);

    folder_lock(folder_lock&& other) noexcept;
    folder_lock& operator=(folder_lock&& other) noexcept;
    ~folder_lock();

  private:
    explicit folder_lock(int fd) noexcept : fd_(fd) {}
    int fd_;
};

/// Creates an empty file that only its owner can read, unless it exists. SQLite gives its log the same mode.
result<void> create_private_file(const std::string& path);

/// Whether the file exists and is not empty.
bool has_content(const std::string& path);

} // namespace ulak::ledger
