// The three ways to call a provider: a read, a priority call, and a call that may cost money.
#pragma once

#include "http/client.hpp"
#include "providers/outcome.hpp"
#include "providers/purchase_gate.hpp"

#include <optional>
#include <type_traits>
#include <utility>

namespace ulak::providers {

// `client` outlives the call. What comes back is the answer, whatever it says, or the error of the transport or of the
// circuit breaker. errc::cancelled: the caller was stopped.

/// A read: repeated by the retrying client while the deadline allows.
task<result<http::response>> send_read(http::client& client, http::request r, async::steady_point deadline);

/// A repeatable call that looks after something already paid: the poll and the cancel of a number, the search for a
/// lost order. The circuit breaker does not hold it back (see make_retrying_client).
task<result<http::response>> send_priority(http::client& client, http::request r, async::steady_point deadline);

/// A costly call: fresh connection, the gate before the first byte, no repetition by anyone.
task<http::exchange> send_purchase(http::client& client, http::request r, purchase_gate how);

/// A read whose complete answer goes through `read`, the wire function for it.
template<class Read>
auto send_and_read(http::client& client, http::request r, async::steady_point deadline, Read read)
    -> task<std::invoke_result_t<Read, const http::response&>>
{
    const auto answer = co_await send_read(client, std::move(r), deadline);
    if (!answer)
        co_return answer.error();
    co_return read(*answer);
}

/// The same for priority calls. `read` runs once per answer: what it finds also tells the circuit breaker whether the
/// login still works, so the answer is not parsed again for that.
template<class Read>
auto send_priority_and_read(http::client& client, http::request r, async::steady_point deadline, Read read)
    -> task<std::invoke_result_t<Read, const http::response&>>
{
    std::optional<std::invoke_result_t<Read, const http::response&>> found;
    const http::response_check check = [&](const http::response& answer) {
        found.emplace(read(answer));
        return found->has_error() ? std::optional(found->error().code) : std::nullopt;
    };
    http::send_options options(deadline);
    options.priority = true;
    options.check = &check;
    std::optional<http::exchange> e;
    co_await client.send(r, options, e);
    if (!e->answer)
        co_return e->answer.error();
    if (!found) // the breaker had no use for the check
        found.emplace(read(*e->answer));
    co_return std::move(*found);
}

/// The outcome of a costly call that never began.
template<class T>
outcome<T> not_sent_outcome(error failure)
{
    outcome<T> o(classification::not_sent);
    o.failure = std::move(failure);
    return o;
}

/// Sends a costly request and classifies what came of it; `read` is the wire function for a complete answer.
template<class T>
task<outcome<T>> send_purchase(http::client& client, http::request r, purchase_gate how,
                               parsed_answer<T> (*read)(const http::response&))
{
    const auto e = co_await send_purchase(client, std::move(r), std::move(how));
    co_return read_outcome<T>(e, read);
}

} // namespace ulak::providers
