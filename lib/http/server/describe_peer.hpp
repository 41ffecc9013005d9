// Who is at the other end of an accepted socket.
#pragma once

#include "http/server.hpp"

namespace ulak::http {

/// For a Unix socket the process and its user, from the kernel; for TCP the address. What cannot be known stays empty.
peer describe_peer(int fd);

} // namespace ulak::http
