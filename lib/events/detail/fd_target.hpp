// A log on a descriptor: stderr, a pipe, a socket, a terminal.
#pragma once

#include "events/detail/log_target.hpp"

#include <memory>
#include <string_view>

#include <sys/types.h>

namespace ulak::events {

class fd_target : public log_target {
  public:
    /// `owned`: closes the descriptor at the end. Others share one that is not owned: it stays open, with its flags.
    fd_target(int fd, bool owned);
    ~fd_target() override;
    fd_target(const fd_target&) = delete;
    fd_target& operator=(const fd_target&) = delete;

    int fd() const override { return fd_; }
    bool coloured() const override;
    write_result write(std::string_view bytes, std::size_t& done) override;

  protected:
    /// Closes the descriptor and goes on with another of the same sort.
    void replace_fd(int fd);

  private:
    /// Each is written without blocking in its own way.
    enum class file_type { file, pipe, socket };

    void inspect();
    void reopen_nonblocking();
    ssize_t write_some(std::string_view bytes);

    int fd_;
    bool owned_;
    file_type type_ = file_type::file;
};

/// Over a shared descriptor.
std::unique_ptr<log_target> make_fd_target(int fd);

} // namespace ulak::events
