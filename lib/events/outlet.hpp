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

enum class took { all, some, nothing, broken };

/// Where bytes go. Nothing here blocks or raises a signal.
class target {
  public:
    virtual ~target() = default;
    /// `some`: the first `done` bytes went. `broken`: there is no reader; the text is lost.
    virtual took write(std::string_view bytes, std::size_t& done) = 0;
    virtual int fd() const = 0; ///< to poll for room
    virtual void reopen() {}
    virtual bool coloured() const { return false; }
};

/// What the target does not take at once is queued up to a bound, then dropped and counted; a thread that exists only
/// since then waits for room. Callable from several threads.
class outlet {
  public:
    /// `tell` makes the record that says how many were dropped; it goes out when there is room again.
    outlet(std::unique_ptr<target> t, std::function<std::string(std::uint64_t)> tell);
    /// Gives the queue a quarter of a second.
    ~outlet();

    void put(std::string record);
    std::uint64_t dropped() const;
    void reopen();

  private:
    void enqueue(std::string record);
    void drop() noexcept;
    bool flush(); ///< false: there is no room
    took offer(std::string& record);
    void start_pump();
    void pump();

    mutable std::mutex mutex_{};
    std::unique_ptr<target> target_;
    std::function<std::string(std::uint64_t)> tell_;
    std::deque<std::string> queue_{};
    std::size_t queued_bytes_ = 0;
    std::uint64_t dropped_ = 0, untold_ = 0;
    bool stopping_ = false;
    std::condition_variable wake_{};
    std::thread pump_{};
};

} // namespace ulak::events
