#include "http/client.hpp"

namespace ulak::http {
namespace {

task<exchange> deliver(task<> sending, std::unique_ptr<std::optional<exchange>> out)
{
    co_await std::move(sending);
    co_return std::move(**out);
}

} // namespace

// `sending` is made before anybody awaits it, because its arguments keep the pool alive from then on; a coroutine that
// has not started holds nothing.
task<exchange> client::send(const request& r, const send_options& options)
{
    auto out = std::make_unique<std::optional<exchange>>();
    auto sending = send(r, options, *out);
    return deliver(std::move(sending), std::move(out));
}

} // namespace ulak::http
