// The simulator as one HTTP handler: the five protocols below their own paths, and "/_sim/" to look in and interfere.
#pragma once

#include "async/clock.hpp"
#include "http/server.hpp"
#include "sim/transport_faults.hpp"
#include "sim/world_state.hpp"

#include <string>
#include <vector>

namespace ulak::sim {

class simulator {
  public:
    /// The clock must outlive it.
    simulator(options o, const async::clock& time) : clock_(time), world_(std::move(o)) {}

    /// Opens the ledger's file. Errors: errc::unavailable.
    result<void> open() { return world_.log.open(); }

    /// For `http::server`. The simulator must outlive it; one thread.
    http::handler handler(async::clock& sleeper);

    /// Without sockets and without the waiting of "delay" faults: what would be answered now.
    http::reply answer(const http::incoming_request& in);

    world_state& world() noexcept { return world_; }

    /// What a listener for many clients needs.
    static http::server_limits limits();

  private:
    /// A request that is known but not yet served.
    struct prepared_request {
        prepared_request() = default;
        std::optional<protocol_id> protocol{}; ///< absent: answered at once with `plan.instead`
        std::vector<std::string> faults{};
        transport_faults faults_plan{};
    };

    prepared_request prepare(const http::incoming_request& in);
    http::reply complete(const http::incoming_request& in, const prepared_request& b);
    task<http::reply> serve(const http::incoming_request& in, async::clock& sleeper);

    const async::clock& clock_;
    world_state world_;
};

} // namespace ulak::sim
