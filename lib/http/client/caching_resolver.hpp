// A resolver that remembers addresses and asks for them on threads.
#pragma once

#include "http/client/lookup_pool.hpp"
#include "http/detail/deadline_queue.hpp"
#include "http/resolver.hpp"

#include "async/waiter.hpp"

#include <unordered_map>

namespace ulak::http {

/// The rules of make_resolver(), over any lookup. One lookup serves all that ask for a name at the same time. Must be
/// destroyed on its loop, when nobody waits for it.
class caching_resolver final : public resolver {
  public:
    caching_resolver(executor ex, async::clock& clock, lookup_function lookup);
    ~caching_resolver() override;

    task<result<endpoints>> resolve(std::string host, std::string port, async::steady_point deadline) override;

  private:
    struct cache_entry {
        std::vector<boost::asio::ip::address> addresses{};
        async::steady_point resolved_at{};
        std::string failure{}; ///< of the last lookup
        async::wait_queue<> waiters{};
        bool pending = false; ///< a lookup is under way
    };

    void start_lookup(const std::string& host, cache_entry& entry);
    void store_result(const std::string& host, lookup_result found);
    void evict_one();

    executor executor_;
    async::clock& clock_;
    std::shared_ptr<deadline_queue> deadlines_;
    std::unordered_map<std::string, cache_entry> cache_;
    lookup_pool lookups_;
};

} // namespace ulak::http
