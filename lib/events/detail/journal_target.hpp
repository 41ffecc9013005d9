// journald's socket as a log target.
#pragma once

#include "events/detail/log_target.hpp"

#include <memory>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace ulak::events {

/// Each record is one datagram in journald's native protocol; a record that is too long for one goes as a sealed memfd
/// (systemd.io/JOURNAL_NATIVE_PROTOCOL). Connects at the first write, and anew after journald came back.
class journal_target : public log_target {
  public:
    explicit journal_target(std::string socket_path) : path_(std::move(socket_path)) {}
    ~journal_target() override { disconnect(); }
    journal_target(const journal_target&) = delete;
    journal_target& operator=(const journal_target&) = delete;

    int fd() const override { return fd_; }
    /// A datagram is taken whole or not at all, so `partial` never comes and `done` does not move.
    write_result write(std::string_view record, std::size_t& done) override;

  private:
    ssize_t send(std::string_view record);
    bool connect();
    void disconnect() noexcept;

    std::string path_;
    int fd_ = -1;
};

std::unique_ptr<log_target> make_journal_target(std::string socket_path);

/// Whether descriptor `fd` is the one that $JOURNAL_STREAM, "device:inode", names: then journald reads it.
bool is_journal_stream(int fd, const char* journal_stream);

} // namespace ulak::events
