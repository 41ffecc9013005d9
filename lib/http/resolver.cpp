#include "http/resolver.hpp"

#include "http/lookup_pool.hpp"
#include "http/watch.hpp"

#include "async/waiter.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds fresh_for(60);
constexpr std::chrono::hours usable_for(1);       ///< an old answer is better than none while the name server is away
constexpr std::chrono::seconds fresh_patience(2); ///< for a new answer, where an old one is at hand
constexpr std::size_t most_names = 256;           ///< accounts and webhooks are few

class caching_resolver final : public resolver {
  public:
    caching_resolver(executor ex, async::clock& time, lookup_function ask)
        : executor_(ex), clock_(time), watch_(std::make_shared<watch>(ex, time)), pool_(ex, std::move(ask))
    {}

    ~caching_resolver() override { watch_->stop(); }

    task<result<endpoints>> resolve(std::string host, std::string port, async::steady_point deadline) override;

  private:
    struct name_state {
        std::vector<asio::ip::address> addresses{};
        async::steady_point learnt{};
        std::string failure{};
        async::wait_queue<> line{};
        bool asked = false;
    };

    void ask(const std::string& host, name_state& state);
    void learn(const std::string& host, lookup_outcome outcome);
    void forget_one();

    executor executor_;
    async::clock& clock_;
    std::shared_ptr<watch> watch_;
    std::unordered_map<std::string, name_state> names_;
    lookup_pool pool_;
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
std::vector<asio::ip::address> known(const std::string& host)
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
    if (auto at_once = known(host); !at_once.empty())
        co_return with_port(at_once, *number);
    auto& state = names_[host]; // stays where it is; only names that nobody waits for are dropped
    if (!state.addresses.empty() && clock_.now() - state.learnt < fresh_for)
        co_return with_port(state.addresses, *number);
    ask(host, state);
    const bool old = !state.addresses.empty() && clock_.now() - state.learnt <= usable_for;
    async::waiter me(executor_);
    alarm late([&me] { me.wake(); });
    watch_guard guard(*watch_, late, old ? std::min(deadline, clock_.now() + fresh_patience) : deadline);
    state.line.push_back(me);
    auto stopped = co_await me.wait();
    if (stopped)
        co_return error(errc::cancelled, "cancelled while asking for the address of " + host);
    if (late.rang() && state.asked && !old)
        co_return error(errc::timed_out, "no answer in time to the question for the address of " + host);
    if (state.addresses.empty())
        co_return error(errc::resolve_failed, "no address is known for " + host + ": " + state.failure);
    co_return with_port(state.addresses, *number);
}

void caching_resolver::ask(const std::string& host, name_state& state)
{
    if (state.asked)
        return;
    state.asked = true;
    if (names_.size() > most_names)
        forget_one();
    pool_.submit(host, [this, host](lookup_outcome outcome) { learn(host, std::move(outcome)); });
}

void caching_resolver::learn(const std::string& host, lookup_outcome outcome)
{
    auto& state = names_[host];
    state.asked = false;
    state.failure = outcome.failure.empty() ? "the name has none" : outcome.failure;
    if (!outcome.addresses.empty()) {
        state.addresses = std::move(outcome.addresses);
        state.learnt = clock_.now();
    } else if (clock_.now() - state.learnt > usable_for) {
        state.addresses.clear();
    }
    for (auto& waiting : state.line)
        waiting.wake();
}

void caching_resolver::forget_one()
{
    auto unused = [](const auto& entry) { return !entry.second.asked && entry.second.line.empty(); };
    auto found = std::find_if(names_.begin(), names_.end(), unused);
    if (found != names_.end())
        names_.erase(found);
}

} // namespace

std::shared_ptr<resolver> make_resolver_with(executor ex, async::clock& time, lookup_function ask)
{
    return std::make_shared<caching_resolver>(ex, time, std::move(ask));
}

std::shared_ptr<resolver> make_resolver(executor ex, async::clock& time)
{
    return make_resolver_with(ex, time, ask_system);
}

} // namespace ulak::http
