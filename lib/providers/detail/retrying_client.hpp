// An account's manners on the way to its provider: how fast it asks, how often it asks again, and when it stops asking.
#pragma once

#include "async/rate_limiter.hpp"
#include "events/event.hpp"
#include "http/client.hpp"
#include "providers/account_health.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ulak::providers {

struct retry_policy {
    retry_policy() = default;

    std::string account{}, provider{};             ///< for words and events
    std::optional<async::token_bucket> request_rate{}; ///< none: as fast as one likes
    std::function<double()> random01{};            ///< for the jitter; empty: a generator of its own
    /// Whether an answer says that the login is not accepted, beside the statuses 401 and 403.
    std::function<bool(const http::response&)> refuses_login{};
    std::shared_ptr<account_health> health{}; ///< null: one of its own
    events::sink* events_out = nullptr; ///< told of account.failing, .recovered, .suspended and .resumed; outlives the client
};

/// Wraps a client; the clock must outlive it.
///
/// Reads are repeated on transport failures, 5xx and 429 while their deadline allows: after 1 s, 2 s, 4 s … 15 s with
/// jitter, or when the provider's Retry-After says. A failure of TLS itself is not repeated: a bad certificate is bad
/// in a second, too. One try gets at most half of the whole time, so that a hung one leaves room for another. What the
/// last try gave is what comes back. Costly requests go through once. Each try takes a token of the pace first. A
/// Retry-After holds back the account's other calls as well, where their deadlines allow.
///
/// After `health::most_failures` tries in a row without a sound answer the account is failing: one call at a time goes
/// as a probe, after a rest; reads wait for that within their deadline, costly calls for at most half of their time,
/// and who cannot wait ends with errc::transient and reach::not_sent. After `health::most_login_refusals` refused
/// logins in a row it is suspended: every call ends with errc::auth and reach::not_sent.
///
/// Calls that settle what is paid already (send_options::settles: the poll and the cancel of a number, the search for a
/// lost order) are never held back by any of this but the pace, where they go ahead of the others, and each doubles as a
/// probe. A poll that is not made may miss a code
/// that is paid, a cancel that is made late loses the refund; a call too many to a site that is down costs nothing.
/// Where the account is suspended they go at most once in five seconds together, so that they cannot lock it out; a
/// sound answer to one of them proves that the login works again and ends the suspension.
std::unique_ptr<http::client> make_retrying_client(std::unique_ptr<http::client> inner, async::clock& time,
                                           retry_policy settings);

} // namespace ulak::providers
