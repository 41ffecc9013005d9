#include "providers/calls.hpp"

namespace ulak::providers {

task<result<http::response>> ask(http::client& way, http::request r, async::steady_point deadline)
{
    http::send_options options(deadline);
    std::optional<http::exchange> e;
    co_await way.send(r, options, e);
    co_return std::move(e->answer);
}

task<result<http::response>> settle(http::client& way, http::request r, async::steady_point deadline)
{
    http::send_options options(deadline);
    options.priority = true;
    std::optional<http::exchange> e;
    co_await way.send(r, options, e);
    co_return std::move(e->answer);
}

task<http::exchange> spend(http::client& way, http::request r, purchase how)
{
    http::send_options options(how.deadline);
    options.costly = true;
    options.gate = std::move(how.gate);
    std::optional<http::exchange> e;
    co_await way.send(r, options, e);
    co_return std::move(*e);
}

} // namespace ulak::providers
