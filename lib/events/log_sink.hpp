// The log: events as lines or journald records, on stderr or in a file.
#pragma once

#include "events/event.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace ulak::events {

class buffered_writer;
class log_target;

enum class format { automatic, journald, text, json };

/// Writes events from a level on. Never blocks: what a full pipe does not take is queued up to a bound, then dropped
/// and counted; the losses are logged as log.dropped when there is space again. Callable from several threads.
class log_sink : public sink {
  public:
    /// `f` is not automatic. Events below `least` are left out.
    log_sink(std::unique_ptr<log_target> target, format f, level least);
    ~log_sink() override;

    /// Replaces secrets in all texts first.
    void publish(const event& e) override;
    std::uint64_t dropped() const; ///< records lost since the start
    void set_level(level least);
    void reopen(); ///< after logrotate moved the file; does nothing for the others

  private:
    std::string record(const event& e) const;
    std::string dropped_record(std::uint64_t count) const;

    format format_;
    bool coloured_;
    std::atomic<level> least_;
    std::atomic<wall_point> last_event_time_{}; ///< a sink has no clock; the writer's thread reads it too
    std::unique_ptr<buffered_writer> writer_;
};

/// `automatic`: journald when stderr is its socket ($JOURNAL_STREAM names stderr's device and inode), coloured text on
/// a terminal, else JSON lines on stderr. `path` non-empty: JSON lines or text into that file; where it cannot be
/// opened, the log goes to stderr and begins with config.rejected.
std::unique_ptr<log_sink> make_log_sink(format f, level least, const std::string& path = {});

} // namespace ulak::events
