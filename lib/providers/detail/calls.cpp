#include "providers/detail/calls.hpp"

namespace ulak::providers {

task<result<http::response>> send_read(http::client& client, http::request r, async::steady_point deadline)
{
    http::send_options options(deadline);
    std::optional<http::exchange> e;
    co_await client.send(r, options, e);
    co_return std::move(e->answer);
}

task<result<http::response>> send_priority(http::client& client, http::request r, async::steady_point deadline)
{
    http::send_options options(deadline);
    options.priority = true;
    std::optional<http::exchange> e;
    co_await client.send(r, options, e);
    co_return std::move(e->answer);
}

task<http::exchange> send_purchase(http::client& client, http::request r, purchase_gate how)
{
    http::send_options options(how.deadline);
    options.costly = true;
    options.gate = std::move(how.gate);
    std::optional<http::exchange> e;
    co_await client.send(r, options, e);
    co_return std::move(*e);
}

} // namespace ulak::providers
