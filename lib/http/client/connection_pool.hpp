// The inside of a client: its connections, and the requests that wait for one.
#pragma once

#include "http/client/connection.hpp"
#include "http/client/idle_connections.hpp"
#include "http/client/pool_policy.hpp"
#include "http/client/request_queue.hpp"

#include <memory>
#include <optional>

namespace ulak::http {

/// Every request under way keeps its pool alive, so a pool may outlive its client.
class connection_pool {
  public:
    connection_pool(executor ex, async::clock& clock, std::shared_ptr<resolver> names, client_settings settings,
                    std::shared_ptr<trust_store> trusted);

    /// See client::send.
    static task<> send(std::shared_ptr<connection_pool> self, const request& r, const send_options& options,
                       std::optional<exchange>& out);
    /// Closes the idle connections; those in use close when their request ends.
    void close() noexcept;

  private:
    void reject(const request& r, const send_options& options, async::steady_point now, bool cancelled,
                std::optional<exchange>& out);
    task<std::unique_ptr<connection>> open(async::steady_point deadline, exchange_trace& trace,
                                           std::optional<exchange>& out);
    task<> run(connection& one, const request& r, const send_options& options, exchange_trace& trace,
               async::steady_point now);
    async::steady_point finish(std::unique_ptr<connection> one, std::optional<exchange>& out);
    void release(std::unique_ptr<connection> one, async::steady_point now);

    client_context context_;
    pool_policy policy_;
    request_queue queue_;
    idle_connections idle_;
    pool_policy::connection_id last_id_ = 0;
};

} // namespace ulak::http
