// Writing without waiting: a bounded queue between events and a reader that may be slow. Private to the room.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace ulak::events {

enum class write_result { all, partial, would_block, broken };

/// Where bytes go. Nothing here blocks or raises a signal.
class log_target {
  public:
    virtual ~log_target() = default;
    /// `some`: the first `done` bytes went. `broken`: there is no reader; the text is lost.
    virtual write_result write(std::string_view bytes, std::size_t& done) = 0;
    virtual int fd() const = 0; ///< to poll for room
    virtual void reopen() {}
    virtual bool coloured() const { return false; }
};

/// What the target does not take at once is queued up to a bound, then dropped and counted; a thread that exists only
/// since then waits for room. Callable from several threads.
class buffered_writer {
  public:
    /// `tell` makes the record that says how many were dropped; it goes out when there is room again.
    buffered_writer(std::unique_ptr<log_target> t, std::function<std::string(std::uint64_t)> tell);
    /// Gives the queue a quarter of a second.
    ~buffered_writer();

    void write(std::string record);
    std::uint64_t dropped() const;
    void reopen();

  private:
    void enqueue(std::string record);
    void count_dropped() noexcept;
    bool flush(); ///< false: there is no room
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
