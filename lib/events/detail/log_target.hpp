// Where the bytes of a log go: a descriptor, a file or journald's socket.
#pragma once

#include <cstddef>
#include <string_view>

namespace ulak::events {

/// What became of a write. `all`: every byte was taken. `partial`: the first of them. `would_block`: none, there is no
/// space. `broken`: there is no reader; the text is lost.
enum class write_result { all, partial, would_block, broken };

/// Nothing here blocks or raises a signal. Called by one thread at a time.
class log_target {
  public:
    virtual ~log_target() = default;

    /// Takes bytes from `done` on and moves `done` behind the last one that was taken.
    virtual write_result write(std::string_view bytes, std::size_t& done) = 0;
    virtual int fd() const = 0;                     ///< to poll for space; -1: not open
    virtual void reopen() {}                        ///< after logrotate moved the file
    virtual bool coloured() const { return false; } ///< a terminal
};

} // namespace ulak::events
