// The two ways to call a provider: a read, and a call that may cost money.
#pragma once

#include "http/client.hpp"
#include "providers/capability.hpp"

#include <functional>
#include <optional>
#include <type_traits>

namespace ulak::providers {

/// A read. The answer, whatever it says, or why there is none.
task<result<http::response>> send_read(http::client& way, http::request r, async::steady_point deadline);

/// A read, or a call that may be repeated, which looks after something that is paid already: the poll and the cancel of
/// a number, the search for a lost order. Not held back by the account's manners (see make_patient).
task<result<http::response>> send_priority(http::client& way, http::request r, async::steady_point deadline);

/// `settle` for the calls that are made again and again: `read` is the wire function for its answer, and what it makes
/// of it also tells whether the login still works.
template<class Read>
auto send_priority_and_read(http::client& way, http::request r, async::steady_point deadline, Read read)
    -> task<std::invoke_result_t<Read, const http::response&>>
{
    std::optional<std::invoke_result_t<Read, const http::response&>> seen;
    const http::response_check test = [&](const http::response& answer) {
        seen.emplace(read(answer));
        return seen->has_error() ? std::optional(seen->error().code) : std::nullopt;
    };
    http::send_options options(deadline);
    options.priority = true;
    options.check = &test;
    std::optional<http::exchange> e;
    co_await way.send(r, options, e);
    if (!e->answer)
        co_return e->answer.error();
    if (!seen) // an answer that was not worth judging
        seen.emplace(read(*e->answer));
    co_return std::move(*seen);
}

/// A costly call: fresh connection, the gate before the first byte, no repetition by anyone.
task<http::exchange> send_purchase(http::client& way, http::request r, purchase_gate how);

/// The outcome of a costly call that did not even begin.
template<class T>
outcome<T> not_sent_outcome(error why)
{
    outcome<T> o(classification::not_sent);
    o.failure = std::move(why);
    return o;
}

/// From the exchange to its outcome; `read` is the wire function for a complete answer.
template<class T, class Read>
outcome<T> outcome_of(const http::exchange& e, Read read)
{
    std::optional<parsed_answer<T>> body;
    if (e.answer)
        body.emplace(read(*e.answer));
    return make_outcome<T>(e, std::move(body));
}

} // namespace ulak::providers
