// The requests of a client that wait until one before them has ended. Private to this room.
#pragma once

#include "http/message.hpp"
#include "http/pool_policy.hpp"
#include "http/deadline_queue.hpp"

#include "async/waiter.hpp"

#include <map>
#include <optional>

namespace ulak::http {

/// Both that it is given live longer.
class request_queue {
  public:
    request_queue(executor ex, deadline_queue& deadlines, pool_policy& policy) : ex_(ex), deadlines_(deadlines), policy_(policy)
    {}

    /// Of one request in flight, which entered or was let in; its end lets the next one in.
    class in_flight_slot {
      public:
        explicit in_flight_slot(request_queue& in) : queue_(in) {}
        ~in_flight_slot() { queue_.admit_next(); }
        in_flight_slot(const in_flight_slot&) = delete;
        in_flight_slot& operator=(const in_flight_slot&) = delete;

      private:
        request_queue& queue_;
    };

    /// Until its turn has come; else `out` says why not.
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
