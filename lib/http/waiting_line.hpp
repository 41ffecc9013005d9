// The requests of a client that wait until one before them has ended. Private to this room.
#pragma once

#include "http/message.hpp"
#include "http/pool_policy.hpp"
#include "http/watch.hpp"

#include "async/waiter.hpp"

#include <map>
#include <optional>

namespace ulak::http {

/// Both that it is given live longer.
class waiting_line {
  public:
    waiting_line(executor ex, watch& deadlines, pool_policy& policy) : ex_(ex), deadlines_(deadlines), policy_(policy)
    {}

    /// Of one request in flight, which entered or was let in; its end lets the next one in.
    class place {
      public:
        explicit place(waiting_line& in) : in_(in) {}
        ~place() { in_.let_next_in(); }
        place(const place&) = delete;
        place& operator=(const place&) = delete;

      private:
        waiting_line& in_;
    };

    /// Until its turn has come; else `out` says why not.
    task<> wait(const send_options& options, std::optional<exchange>& out);

  private:
    struct queued {
        explicit queued(executor ex) : turn(ex) {}
        async::waiter turn;
        bool granted = false;
    };

    void let_next_in();

    executor ex_;
    watch& deadlines_;
    pool_policy& policy_;
    std::map<pool_policy::ticket, queued*> all_{};
};

} // namespace ulak::http
