// Writes to a log target without waiting: a bounded queue between events and a reader that may be slow.
#pragma once

#include "events/detail/log_target.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace ulak::events {

/// What the target does not take at once is queued up to a bound, then dropped and counted. A thread waits for space;
/// it is started with the first record that is queued. Callable from several threads.
class buffered_writer {
  public:
    /// `dropped_record` makes the record that reports how many were dropped. It goes out when there is space again, and
    /// may be called by the writer's own thread.
    buffered_writer(std::unique_ptr<log_target> target, std::function<std::string(std::uint64_t)> dropped_record);
    /// Gives the reader a quarter of a second to take what is queued; the rest is lost.
    ~buffered_writer();

    /// Whole records in the order of the calls. Never blocks: a record for which there is no space is dropped.
    void write(std::string record);
    std::uint64_t dropped() const; ///< records lost since the start
    void reopen();                 ///< the target

  private:
    void enqueue(std::string record);
    void count_dropped() noexcept;
    bool flush(); ///< false: there is no space left
    write_result write_now(std::string& record);
    void start_thread();
    void drain();

    mutable std::mutex mutex_{};
    std::unique_ptr<log_target> target_;
    std::function<std::string(std::uint64_t)> dropped_record_;
    std::deque<std::string> queue_{};
    std::size_t queued_bytes_ = 0;
    std::uint64_t dropped_ = 0, unreported_ = 0;
    bool stopping_ = false;
    std::condition_variable wake_{};
    std::thread thread_{};
};

} // namespace ulak::events
