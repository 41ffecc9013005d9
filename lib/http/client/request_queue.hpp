// The requests of a client that wait until one in flight has ended.
#pragma once

#include "http/client/pool_policy.hpp"
#include "http/detail/deadline_queue.hpp"
#include "http/message.hpp"

#include "async/waiter.hpp"

#include <map>
#include <optional>

namespace ulak::http {

/// Carries out what a pool_policy decides. Both references must outlive this object.
class request_queue {
  public:
    request_queue(executor ex, deadline_queue& deadlines, pool_policy& policy)
        : ex_(ex), deadlines_(deadlines), policy_(policy)
    {}

    /// The place of one request in flight; its destruction admits the next one.
    class in_flight_slot {
      public:
        explicit in_flight_slot(request_queue& queue) : queue_(queue) {}
        ~in_flight_slot() { queue_.admit_next(); }
        in_flight_slot(const in_flight_slot&) = delete;
        in_flight_slot& operator=(const in_flight_slot&) = delete;

      private:
        request_queue& queue_;
    };

    /// Waits for a place; the caller then makes an in_flight_slot. Else `out` holds errc::timed_out or errc::cancelled,
    /// not_sent, and no place is taken. A place that is granted at the same moment wins over both.
    task<> wait(const send_options& options, std::optional<exchange>& out);

  private:
    struct queued_request {
        explicit queued_request(executor ex) : turn(ex) {}
        async::waiter turn;
        bool granted = false;
    };

    void admit_next();

    executor ex_;
    deadline_queue& deadlines_;
    pool_policy& policy_;
    std::map<pool_policy::ticket, queued_request*> waiting_{};
};

} // namespace ulak::http
