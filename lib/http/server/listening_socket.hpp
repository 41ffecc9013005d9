// Sockets that accept, made with the system's own calls so that a socket file never has wrong permissions.
#pragma once

#include "core/error.hpp"

#include <string>
#include <utility>

namespace ulak::http {

/// Owns a descriptor that accepts, or none (-1).
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

/// Makes a socket file with the permissions `mode`; replaces a stale one. Errors:
/// - errc::invalid_argument: the path is empty or longer than 107 bytes
/// - errc::conflict: another server listens there, or the path is taken by something that is no socket
/// - errc::unavailable: the system refuses
result<listening_socket> open_unix(const std::string& path, unsigned mode);
/// `port` 0 picks one and becomes its number. Errors:
/// - errc::invalid_argument: not a loopback address
/// - errc::conflict: the port is taken
/// - errc::unavailable: the system refuses
result<listening_socket> open_tcp(const std::string& address, unsigned short& port);
/// Takes over an inherited socket.
/// - errc::invalid_argument: it does not listen
result<listening_socket> adopt_fd(int fd);

} // namespace ulak::http
