// Where events are written. None of them blocks: what a full pipe does not take is queued up to a bound, then dropped and counted.
#pragma once

#include "events/event.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace ulak::events {

enum class format { automatic, journald, text, json };

/// A sink over a file descriptor or journald's socket, dropping events below `least`.
class log_sink : public sink {
  public:
    virtual std::uint64_t dropped() const = 0;
    virtual void set_level(level least) = 0;
    virtual void reopen() = 0; ///< after logrotate moved the file; nothing for the others
};

/// `automatic`: journald when stderr is its socket ($JOURNAL_STREAM names stderr's device and inode), coloured text on a terminal, else JSON lines
/// on stderr. `path` non-empty: JSON lines or text into that file.
std::unique_ptr<log_sink> make_log_sink(format f, level least, const std::string& path = {});

/// "12:00:01.456 info  run.started  otp-watch 01J…  message" (no colours, no line end)
std::string to_text(const event& e);

} // namespace ulak::events
