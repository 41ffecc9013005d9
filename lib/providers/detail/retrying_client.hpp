// Per-account rate limit, retries and circuit breaker around an HTTP client.
#pragma once

#include "http/client.hpp"
#include "providers/detail/retry_policy.hpp"

#include <memory>

namespace ulak::providers {

/// Wraps a client; `clock` outlives it.
///
/// Retries: reads are repeated on transport failures, 5xx and 429 while their deadline allows, after 1 s, 2 s, 4 s …
/// 15 s with jitter, or when the provider's Retry-After says. A failure of TLS itself is not repeated: a bad
/// certificate stays bad. One attempt gets at most half of the whole time, so that a hung one leaves room for another.
/// The caller gets what the last attempt gave. Costly requests go through once.
///
/// Rate: each attempt takes a token of the policy's rate first. A Retry-After holds back the account's other calls as
/// well, where their deadlines allow.
///
/// Circuit breaker: after `account_health::failure_threshold` attempts in a row without a sound answer the account is
/// failing, and one call at a time goes as a probe. Reads wait for it within their deadline, costly calls for at most
/// half of their time; a call that cannot wait ends with errc::transient and reach::not_sent. After
/// `account_health::login_refusal_threshold` refused logins in a row the account is suspended: every call ends with
/// errc::auth and reach::not_sent.
///
/// Priority: calls that look after what is paid already (send_options::priority: the poll and the cancel of a number,
/// the search for a lost order) wait for the rate only, where they go ahead of the others, and each doubles as a
/// probe. A poll that is not made may miss a code that is paid, a late cancel loses the refund, and a call too many to
/// a site that is down costs nothing. Where the account is suspended they go at most once in five seconds together,
/// so that they cannot lock it out; a sound answer to one of them ends the suspension.
std::unique_ptr<http::client> make_retrying_client(std::unique_ptr<http::client> inner, async::clock& clock,
                                                   retry_policy policy);

} // namespace ulak::providers
