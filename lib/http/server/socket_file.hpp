// The file of a Unix socket.
#pragma once

#include <sys/stat.h>

#include <string>

namespace ulak::http {

/// Remembers the file that a listener made, so that only that one is removed and never a successor's.
class socket_file {
  public:
    socket_file() = default;
    explicit socket_file(std::string path);
    /// Removes the file if it is still the same one. Once.
    void remove() noexcept;

  private:
    std::string path_{};
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

} // namespace ulak::http
