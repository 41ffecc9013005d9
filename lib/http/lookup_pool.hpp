// Threads that ask the system for addresses and may be left behind. Private to this room.
#pragma once

#include "http/resolver.hpp"

#include <functional>
#include <memory>
#include <string>

namespace ulak::http {

/// Addresses without a port, or why there are none.
struct lookup_result {
    lookup_result() = default;

    std::vector<boost::asio::ip::address> addresses{};
    std::string failure{};
};

using lookup_function = std::function<lookup_result(const std::string& host)>;

/// getaddrinfo for streams.
lookup_result system_lookup(const std::string& host);

/// A few detached threads. Nothing of theirs touches the loop once the pool is gone, and nobody waits for them.
class lookup_pool {
  public:
    lookup_pool(executor ex, lookup_function ask);
    ~lookup_pool();
    lookup_pool(const lookup_pool&) = delete;
    lookup_pool& operator=(const lookup_pool&) = delete;

    /// `done` runs on the loop, unless the pool is gone by then.
    void submit(std::string host, std::function<void(lookup_result)> done);

  private:
    struct shared_state;
    static void work(std::shared_ptr<shared_state> with);
    std::shared_ptr<shared_state> state_;
};

/// The resolver on another way of asking; `make_resolver` uses the system's.
std::shared_ptr<resolver> make_resolver_with(executor ex, async::clock& time, lookup_function ask);

} // namespace ulak::http
