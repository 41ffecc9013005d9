// The folder that holds the store: made, checked, and locked for one daemon. Private to the room.
#pragma once

#include "core/error.hpp"

#include <string>

namespace ulak::ledger {

/// The lock on a state folder; the kernel lets go of it when the process dies, however it dies.
class folder_lock {
  public:
    /// Creates the folder (0700) where its parent exists. Errors as of open_sqlite.
    static result<folder_lock> take(const std::string& folder);

    folder_lock(folder_lock&& other) noexcept;
    folder_lock& operator=(folder_lock&& other) noexcept;
    ~folder_lock();

  private:
    explicit folder_lock(int fd) noexcept : fd_(fd) {}
    int fd_;
};

/// Makes an empty file that only its owner can read, where there is none; SQLite gives its log the same mode.
result<void> create_private_file(const std::string& path);

/// Whether there is such a file, and something in it.
bool has_content(const std::string& path);

} // namespace ulak::ledger
