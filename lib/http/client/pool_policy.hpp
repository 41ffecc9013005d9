// Which connection a request gets, and which request waits. Pure: it knows numbers, no sockets.
#pragma once

#include "async/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace ulak::http {

/// Bounds the requests in flight, and the connections in flight and idle together, by `limit`. Requests wait in the
/// order in which they came, those with priority (they follow up a purchase) before all others.
///
///   enter() true   -> in flight -> leave()
///   enter() false  -> enqueue() -> named by another's leave(): in flight -> leave()
///                               -> abandon()
class pool_policy {
  public:
    using connection_id = std::uint64_t;
    using ticket = std::uint64_t;

    pool_policy(std::size_t limit, std::chrono::milliseconds idle_time) : limit_(limit), idle_time_(idle_time) {}

    /// True: in flight. False: enqueue, because the limit is reached or others wait already.
    bool enter();
    ticket enqueue(bool priority = false);
    void abandon(ticket t);
    /// The end of a request in flight. The ticket that is returned takes over its place.
    std::optional<ticket> leave();

    struct choice {
        std::optional<connection_id> reuse{}; ///< this idle connection; nothing: open one
        bool needs_probe = false;             ///< idle for so long that the peer may have closed it unnoticed
        std::vector<connection_id> close{};   ///< too old, or in the way of a new one
    };
    /// For a request in flight. Takes the connection used last, so that the others can reach their idle timeout.
    /// `fresh`: no idle connection will do.
    choice choose(async::steady_point now, bool fresh);
    void add_idle(connection_id one, async::steady_point now);
    void remove_idle(connection_id one);

    std::size_t in_flight() const noexcept { return in_flight_; }
    std::size_t idle() const noexcept { return idle_.size(); }
    std::size_t waiting() const noexcept { return priority_queue_.size() + queue_.size(); }

  private:
    struct idle_entry {
        connection_id id;
        async::steady_point since;
    };

    std::size_t limit_;
    std::chrono::milliseconds idle_time_;
    std::size_t in_flight_ = 0;
    ticket last_ticket_ = 0;
    std::deque<ticket> priority_queue_; ///< few: one for each purchase that is followed up
    std::deque<ticket> queue_;
    std::deque<idle_entry> idle_; ///< the one used last at the end
};

} // namespace ulak::http
