// The simulator as one HTTP handler: every protocol below its own path, and "/_sim/" to look in and interfere.
#pragma once

#include "async/clock.hpp"
#include "http/server.hpp"
#include "sim/fault.hpp"
#include "sim/options.hpp"
#include "sim/protocol_descriptor.hpp"

#include <cstdint>
#include <memory>

namespace ulak::sim {

class world_state;

class simulator {
  public:
    /// The clock must outlive it.
    simulator(options o, const async::clock& clock);
    ~simulator();
    simulator(const simulator&) = delete;
    simulator& operator=(const simulator&) = delete;

    /// Opens the log's file. Errors: errc::unavailable with its path.
    result<void> open();

    /// For `http::server`. The simulator and `sleeper` must outlive it; one thread.
    http::handler handler(async::clock& sleeper);

    /// Without sockets and without the waiting of "delay" faults: what would be answered now.
    http::reply answer(const http::incoming_request& in);

    /// As the options of the command line ask; errc::invalid_argument for a service that the protocol does not rent.
    void add_fault(fault f);
    result<void> set_stock(const protocol_descriptor& p, std::int64_t service, std::int64_t stock);
    result<void> set_price(const protocol_descriptor& p, std::int64_t service, decimal price);

    world_state& world() noexcept { return *world_; }

    /// What a listener for many clients needs.
    static http::server_limits limits();

  private:
    struct prepared_request;

    prepared_request prepare(const http::incoming_request& in);
    http::reply complete(const http::incoming_request& in, const prepared_request& b);
    task<http::reply> serve(const http::incoming_request& in, async::clock& sleeper);

    const async::clock& clock_;
    std::unique_ptr<world_state> world_;
};

} // namespace ulak::sim
