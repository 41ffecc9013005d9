// Which connection makes room for a new one when a listener is full. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <sys/types.h>

namespace ulak::http {

/// What counts about one connection of the listener.
struct eviction_candidate {
    bool idle = false;          ///< no request is under way: nothing is lost when it is closed
    bool waiting = false;       ///< its handler waits because the client asked for it, who can ask again
    bool streaming = false;     ///< a response without an end is going out; its reader can come back and resume
    bool leaving = false;       ///< evicted already, but may still write a last piece
    std::size_t of_user = 0;    ///< connections that its user has
    std::size_t of_process = 0; ///< connections that its process has
    std::uint64_t sequence = 0; ///< in the order of accepting
};

/// Idle connections go first, so that they cannot shut others out. Then those that wait, then streams as long as they
/// hold more than half of the places. Among several goes the oldest of the user, then of the process that has the most:
/// a flood pushes out its own connections, and not those that came beside it. Other requests under way are never
/// evicted.
template<class Id>
class eviction_policy {
  public:
    explicit eviction_policy(std::size_t max_connections) : max_connections_(max_connections) {}

    void consider(Id id, const eviction_candidate& c) noexcept
    {
        if (!c.idle && !c.waiting && !c.streaming)
            return;
        leaving_ += c.leaving;
        if (c.leaving)
            return;
        streams_ += c.streaming;
        auto& first = c.idle ? idle_ : c.waiting ? waiting_ : stream_;
        if (!first.set || goes_before(c, first.candidate))
            first = choice{id, c, true};
    }

    /// Whether one can go, and which.
    bool found() const noexcept
    {
        return idle_.set || waiting_.set || (stream_.set && streams_ > max_connections_ / 2);
    }
    Id victim() const noexcept { return idle_.set ? idle_.id : waiting_.set ? waiting_.id : stream_.id; }
    /// Connections that were evicted and are not gone yet; they count beyond the limit.
    std::size_t leaving() const noexcept { return leaving_; }

  private:
    struct choice {
        Id id{};
        eviction_candidate candidate{};
        bool set = false;
    };

    static bool goes_before(const eviction_candidate& a, const eviction_candidate& b) noexcept
    {
        if (a.of_user != b.of_user)
            return a.of_user > b.of_user;
        return a.of_process != b.of_process ? a.of_process > b.of_process : a.sequence < b.sequence;
    }

    std::size_t max_connections_;
    choice idle_{}, waiting_{}, stream_{};
    std::size_t streams_ = 0;
    std::size_t leaving_ = 0;
};

} // namespace ulak::http
