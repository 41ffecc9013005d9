// Sockets that accept, made with the system's own calls so that permissions leave no window. Private to this room.
#pragma once

#include "core/error.hpp"
#include "http/server.hpp"

#include <sys/stat.h>

#include <string>
#include <utility>

namespace ulak::http {

/// A descriptor that accepts, or -1.
class listening_socket {
  public:
    listening_socket() = default;
    explicit listening_socket(int fd) : fd_(fd) {}
    listening_socket(listening_socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    listening_socket& operator=(listening_socket&&) = delete;
    ~listening_socket();

    int get() const noexcept { return fd_; }
    int release() noexcept { return std::exchange(fd_, -1); }

  private:
    int fd_ = -1;
};

/// See server::listen_unix.
result<listening_socket> open_unix(const std::string& path, unsigned mode);
/// See server::listen_tcp; `port` becomes the one that was picked.
result<listening_socket> open_tcp(const std::string& address, unsigned short& port);
/// Takes over an inherited socket that listens already.
result<listening_socket> adopt_fd(int fd);

/// Who is at the other end of an accepted socket.
peer describe_peer(int fd);

/// The socket file that was made, so that only that one is removed.
class socket_file {
  public:
    socket_file() = default;
    explicit socket_file(std::string path);
    void remove() noexcept;

  private:
    std::string path_{};
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

} // namespace ulak::http
