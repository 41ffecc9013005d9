// Owns a file descriptor.
#pragma once

#include <unistd.h>

#include <utility>

namespace ulak {

/// Closes the descriptor when it dies. Made from a failed open (-1) it is empty, and errno stays that of the open.
class file_descriptor {
  public:
    explicit file_descriptor(int fd) noexcept : fd_(fd) {}
    file_descriptor(file_descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    file_descriptor(const file_descriptor&) = delete;
    file_descriptor& operator=(const file_descriptor&) = delete;
    file_descriptor& operator=(file_descriptor&&) = delete;
    ~file_descriptor()
    {
        if (fd_ >= 0)
            ::close(fd_);
    }

    explicit operator bool() const noexcept { return fd_ >= 0; }
    int get() const noexcept { return fd_; }
    int release() noexcept { return std::exchange(fd_, -1); } ///< the caller closes it from now on

  private:
    int fd_;
};

} // namespace ulak
