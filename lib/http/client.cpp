#include "http/client.hpp"

namespace ulak::http {
namespace {

task<exchange> deliver(task<> sending, std::unique_ptr<std::optional<exchange>> out)
{
    co_await std::move(sending);
    co_return std::move(**out);
}

} // namespace

// The sending is made before anybody waits: it keeps what it needs alive, which a coroutine that has not begun does
// not.
task<exchange> client::send(const request& r, const send_options& options)
{
    auto out = std::make_unique<std::optional<exchange>>();
    auto sending = send(r, options, *out);
    return deliver(std::move(sending), std::move(out));
}

} // namespace ulak::http
