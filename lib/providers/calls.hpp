// The two ways to call a provider: a read, and a call that may cost money.
#pragma once

#include "http/client.hpp"
#include "providers/capability.hpp"

namespace ulak::providers {

/// A read. The answer, whatever it says, or why there is none.
task<result<http::response>> ask(http::client& way, http::request r, async::steady_point deadline);

/// A read, or a call that may be repeated, which looks after something that is paid already: the poll and the cancel of a
/// number, the search for a lost order. Not held back by the account's manners (see make_patient).
task<result<http::response>> settle(http::client& way, http::request r, async::steady_point deadline);

/// A costly call: fresh connection, the gate before the first byte, no repetition by anyone.
task<http::exchange> spend(http::client& way, http::request r, purchase how);

/// The outcome of a costly call that did not even begin.
template<class T>
outcome<T> never_sent(error why)
{
    outcome<T> o(verdict::not_sent);
    o.why = std::move(why);
    return o;
}

/// From the exchange to its outcome; `read` is the wire function for a complete answer.
template<class T, class Read>
outcome<T> concluded(const http::exchange& e, Read read)
{
    std::optional<reading<T>> body;
    if (e.answer)
        body.emplace(read(*e.answer));
    return conclude<T>(e, std::move(body));
}

} // namespace ulak::providers
