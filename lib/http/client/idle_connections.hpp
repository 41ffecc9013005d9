// The idle connections of a client, between two requests.
#pragma once

#include "http/client/connection.hpp"
#include "http/client/pool_policy.hpp"

#include <memory>
#include <vector>

namespace ulak::http {

/// Both references must outlive this object.
class idle_connections {
  public:
    idle_connections(client_context& context, pool_policy& policy) : context_(context), policy_(policy) {}

    /// A connection that is fit for `r`; null: open one. Probes a connection that was idle for a while, and every one
    /// for a request that could not be repeated if the peer had just closed it.
    std::unique_ptr<connection> take(const request& r, bool fresh, async::steady_point now);
    /// Keeps it until it is taken or the idle timeout is over; after close() it is closed at once.
    void put(std::unique_ptr<connection> one, async::steady_point now);
    void close() noexcept;

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
