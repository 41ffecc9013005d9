#include "http/resolver.hpp"

#include "http/lookup_pool.hpp"
#include "http/deadline_queue.hpp"

#include "async/waiter.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds fresh_lifetime(60);
constexpr std::chrono::hours stale_lifetime(1);       ///< an old answer is better than none while the name server is away
constexpr std::chrono::seconds refresh_timeout(2); ///< for a new answer, where an old one is at hand
constexpr std::size_t max_names = 256;           ///< accounts and webhooks are few

class caching_resolver final : public resolver {
  public:
    caching_resolver(executor ex, async::clock& time, lookup_function ask)
        : executor_(ex), clock_(time), deadlines_(std::make_shared<deadline_queue>(ex, time)), lookups_(ex, std::move(ask))
    {}

    ~caching_resolver() override { deadlines_->stop(); }

    task<result<endpoints>> resolve(std::string host, std::string port, async::steady_point deadline) override;

  private:
    struct cache_entry {
        std::vector<asio::ip::address> addresses{};
        async::steady_point resolved_at{};
        std::string failure{};
        async::wait_queue<> waiters{};
        bool pending = false;
    };

    void start_lookup(const std::string& host, cache_entry& state);
    void store_result(const std::string& host, lookup_result outcome);
    void evict_one();

    executor executor_;
    async::clock& clock_;
    std::shared_ptr<deadline_queue> deadlines_;
    std::unordered_map<std::string, cache_entry> cache_;
    lookup_pool lookups_;
};

result<unsigned short> port_number(std::string_view text)
{
    unsigned short out = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size() || out == 0)
        return error(errc::invalid_argument, "not a port number: " + std::string(text));
    return out;
}

/// What is known without asking: a literal address, and localhost (RFC 6761 section 6.3), which not every machine's
/// files name.
std::vector<asio::ip::address> literal_addresses(const std::string& host)
{
    if (host == "localhost")
        return {asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()};
    boost::system::error_code not_literal;
    auto literal = asio::ip::make_address(host, not_literal);
    if (not_literal)
        return {};
    return {literal};
}

endpoints with_port(const std::vector<asio::ip::address>& addresses, unsigned short port)
{
    endpoints out;
    for (const auto& address : addresses)
        out.emplace_back(address, port);
    return out;
}

task<result<endpoints>> caching_resolver::resolve(std::string host, std::string port, async::steady_point deadline)
{
    auto number = port_number(port);
    if (!number)
        co_return number.error();
    if (auto at_once = literal_addresses(host); !at_once.empty())
        co_return with_port(at_once, *number);
    auto& state = cache_[host]; // stays where it is; only names that nobody waits for are dropped
    if (!state.addresses.empty() && clock_.now() - state.resolved_at < fresh_lifetime)
        co_return with_port(state.addresses, *number);
    start_lookup(host, state);
    const bool old = !state.addresses.empty() && clock_.now() - state.resolved_at <= stale_lifetime;
    async::waiter me(executor_);
    deadline_callback late([&me] { me.wake(); });
    scoped_deadline guard(*deadlines_, late, old ? std::min(deadline, clock_.now() + refresh_timeout) : deadline);
    state.waiters.push_back(me);
    auto stopped = co_await me.wait();
    if (stopped)
        co_return error(errc::cancelled, "cancelled while asking for the address of " + host);
    if (late.expired() && state.pending && !old)
        co_return error(errc::timed_out, "no answer in time to the question for the address of " + host);
    if (state.addresses.empty())
        co_return error(errc::resolve_failed, "no address is known for " + host + ": " + state.failure);
    co_return with_port(state.addresses, *number);
}

void caching_resolver::start_lookup(const std::string& host, cache_entry& state)
{
    if (state.pending)
        return;
    state.pending = true;
    if (cache_.size() > max_names)
        evict_one();
    lookups_.submit(host, [this, host](lookup_result outcome) { store_result(host, std::move(outcome)); });
}

void caching_resolver::store_result(const std::string& host, lookup_result outcome)
{
    auto& state = cache_[host];
    state.pending = false;
    state.failure = outcome.failure.empty() ? "the name has none" : outcome.failure;
    if (!outcome.addresses.empty()) {
        state.addresses = std::move(outcome.addresses);
        state.resolved_at = clock_.now();
    } else if (clock_.now() - state.resolved_at > stale_lifetime) {
        state.addresses.clear();
    }
    for (auto& waiting : state.waiters)
        waiting.wake();
}

void caching_resolver::evict_one()
{
    auto unused = [](const auto& entry) { return !entry.second.pending && entry.second.waiters.empty(); };
    auto found = std::find_if(cache_.begin(), cache_.end(), unused);
    if (found != cache_.end())
        cache_.erase(found);
}

} // namespace

std::shared_ptr<resolver> make_resolver_with(executor ex, async::clock& time, lookup_function ask)
{
    return std::make_shared<caching_resolver>(ex, time, std::move(ask));
}

std::shared_ptr<resolver> make_resolver(executor ex, async::clock& time)
{
    return make_resolver_with(ex, time, system_lookup);
}

} // namespace ulak::http
