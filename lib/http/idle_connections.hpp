// The connections of a client that rest between two requests. Private to this room.
#pragma once

#include "http/http_exchange.hpp"
#include "http/pool_policy.hpp"

#include <memory>
#include <vector>

namespace ulak::http {

/// Both that it is given live longer.
class idle_connections {
  public:
    idle_connections(client_context& parts, pool_policy& policy) : context_(parts), policy_(policy) {}

    /// One that is fit for `r`; null: open one. A connection that rested is looked at first, and so is every one for a
    /// request that could not be asked again if the peer had just closed it.
    std::unique_ptr<connection> take(const request& r, bool fresh, async::steady_point now);
    void put(std::unique_ptr<connection> one, async::steady_point now);
    void close() noexcept; ///< those that rest, and those that come back later

  private:
    std::unique_ptr<connection> extract(pool_policy::connection_id id);
    void on_idle_deadline(connection& one);
    void drop(pool_policy::connection_id id);

    client_context& context_;
    pool_policy& policy_;
    std::vector<std::unique_ptr<connection>> connections_{}; ///< the one used last at the end
    bool closed_ = false;
};

} // namespace ulak::http
