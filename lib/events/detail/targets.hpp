// The ends of the log: descriptors, files and journald's socket. Private to the room.
#pragma once

#include "events/detail/buffered_writer.hpp"

#include <memory>
#include <string>

namespace ulak::events {

/// Takes a descriptor that others share: its flags are left as they are, and so is the descriptor at the end.
std::unique_ptr<log_target> make_fd_target(int fd);

/// Appends to a file, made with mode 0640. nullptr when it cannot be opened; `reopen` then keeps the old one.
std::unique_ptr<log_target> make_file_target(std::string path);

/// Each record is one datagram in journald's native protocol; what is too long for one goes as a sealed memfd
/// (systemd.io/JOURNAL_NATIVE_PROTOCOL). Connects at the first write, and again after journald came back.
std::unique_ptr<log_target> make_journal_target(std::string socket_path);

} // namespace ulak::events
