// A log file that logrotate may move away.
#pragma once

#include "events/detail/fd_target.hpp"

#include <memory>
#include <string>

namespace ulak::events {

/// Appends to a file.
class file_target : public fd_target {
  public:
    /// Takes the descriptor of the open file.
    file_target(int fd, std::string path) : fd_target(fd, true), path_(std::move(path)) {}

    /// Goes on with the file that stands at the path now. Keeps the old one where that cannot be opened.
    void reopen() override;

  private:
    std::string path_;
};

/// Opens the file, or makes it with mode 0640. nullptr when it cannot be opened.
std::unique_ptr<log_target> make_file_target(std::string path);

} // namespace ulak::events
