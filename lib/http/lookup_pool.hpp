// Threads that ask the system for addresses and may be left behind. Private to this room.
#pragma once

#include "http/resolver.hpp"

#include <functional>
#include <memory>
#include <string>

namespace ulak::http {

/// Addresses without a port, or why there are none.
struct lookup_outcome {
    lookup_outcome() = default;

    std::vector<boost::asio::ip::address> addresses{};
    std::string failure{};
};

using lookup_function = std::function<lookup_outcome(const std::string& host)>;

/// getaddrinfo for streams.
lookup_outcome ask_system(const std::string& host);

/// A few detached threads. Nothing of theirs touches the loop once the pool is gone, and nobody waits for them.
class lookup_pool {
  public:
    lookup_pool(executor ex, lookup_function ask);
    ~lookup_pool();
    lookup_pool(const lookup_pool&) = delete;
    lookup_pool& operator=(const lookup_pool&) = delete;

    /// `done` runs on the loop, unless the pool is gone by then.
    void submit(std::string host, std::function<void(lookup_outcome)> done);

  private:
    struct shared;
    static void work(std::shared_ptr<shared> with);
    std::shared_ptr<shared> shared_;
};

/// The resolver on another way of asking; `make_resolver` uses the system's.
std::shared_ptr<resolver> make_resolver_with(executor ex, async::clock& time, lookup_function ask);

} // namespace ulak::http
