#include "http/client/caching_resolver.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds fresh_lifetime(60);
constexpr std::chrono::hours stale_lifetime(1);    ///< an old address is better than none while the name server is away
constexpr std::chrono::seconds refresh_timeout(2); ///< for a new address, where an old one is at hand
constexpr std::size_t max_names = 256;             ///< accounts and webhooks are few

result<unsigned short> port_number(std::string_view text)
{
    unsigned short out = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size() || out == 0)
        return error(errc::invalid_argument, "not a port number: " + std::string(text));
    return out;
}

/// What is known without a lookup: a literal address, and localhost (RFC 6761 section 6.3), which not every machine's
/// hosts file has.
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

} // namespace

caching_resolver::caching_resolver(executor ex, async::clock& clock, lookup_function lookup)
    : executor_(ex),
      clock_(clock),
      deadlines_(std::make_shared<deadline_queue>(ex, clock)),
      lookups_(ex, std::move(lookup))
{}

caching_resolver::~caching_resolver()
{
    deadlines_->stop();
}

task<result<endpoints>> caching_resolver::resolve(std::string host, std::string port, async::steady_point deadline)
{
    // Without a lookup: literal addresses and fresh answers.
    auto number = port_number(port);
    if (!number)
        co_return number.error();
    if (auto literal = literal_addresses(host); !literal.empty())
        co_return with_port(literal, *number);
    auto& entry = cache_[host]; // stays valid: only names that nobody waits for are evicted
    if (!entry.addresses.empty() && clock_.now() - entry.resolved_at < fresh_lifetime)
        co_return with_port(entry.addresses, *number);

    // Wait for a lookup; where an old address can serve, only for a short time.
    start_lookup(host, entry);
    const bool has_stale = !entry.addresses.empty() && clock_.now() - entry.resolved_at <= stale_lifetime;
    async::waiter me(executor_);
    deadline_callback timeout([&me] { me.wake(); });
    scoped_deadline armed(*deadlines_, timeout,
                          has_stale ? std::min(deadline, clock_.now() + refresh_timeout) : deadline);
    entry.waiters.push_back(me);
    auto cancelled = co_await me.wait();
    if (cancelled)
        co_return error(errc::cancelled, "cancelled while asking for the address of " + host);
    if (timeout.expired() && entry.pending && !has_stale)
        co_return error(errc::timed_out, "no answer in time to the question for the address of " + host);
    if (entry.addresses.empty())
        co_return error(errc::resolve_failed, "no address is known for " + host + ": " + entry.failure);
    co_return with_port(entry.addresses, *number);
}

void caching_resolver::start_lookup(const std::string& host, cache_entry& entry)
{
    if (entry.pending)
        return;
    entry.pending = true;
    if (cache_.size() > max_names)
        evict_one();
    lookups_.submit(host, [this, host](lookup_result found) { store_result(host, std::move(found)); });
}

// A failed lookup leaves the old addresses until they are stale.
void caching_resolver::store_result(const std::string& host, lookup_result found)
{
    auto& entry = cache_[host];
    entry.pending = false;
    entry.failure = found.failure.empty() ? "the name has none" : found.failure;
    if (!found.addresses.empty()) {
        entry.addresses = std::move(found.addresses);
        entry.resolved_at = clock_.now();
    } else if (clock_.now() - entry.resolved_at > stale_lifetime) {
        entry.addresses.clear();
    }
    for (auto& waiting : entry.waiters)
        waiting.wake();
}

void caching_resolver::evict_one()
{
    auto unused = [](const auto& item) { return !item.second.pending && item.second.waiters.empty(); };
    auto found = std::find_if(cache_.begin(), cache_.end(), unused);
    if (found != cache_.end())
        cache_.erase(found);
}

} // namespace ulak::http
