// Errors as values: what went wrong, and how far a request got before it did.
#pragma once

#include <boost/system/result.hpp>

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace ulak {

/// Kinds of failure that the world can cause. The text of `name()` is part of the outer contract: it is what
/// `error.code` says in JSON.
enum class errc {
    // of the process
    cancelled,
    timed_out,
    unavailable,      ///< a part of the daemon or the machine cannot do it now (disk full, stopping)
    invalid_argument, ///< the caller's input
    not_found,
    gone,      ///< what was asked about is deleted; only that it was there is known
    conflict,  ///< something else is in the way (a run with this key, a transition that is not allowed)
    forbidden, ///< the caller may not
    // by policy
    budget,
    window,
    paused,
    unsupported,   ///< this provider cannot do it
    too_expensive, ///< what is offered costs more than the job allows
    // on the way to a provider
    resolve_failed,
    connect_failed,
    tls_failed,
    connection_lost,
    malformed, ///< not HTTP, or not framed so that its end is known
    too_large,
    // said by a provider
    auth,
    balance, ///< the account has not enough money
    no_stock,
    validation,
    duplicate,
    rate_limited,
    denied_now, ///< refused for the moment; the same call may succeed later
    transient,  ///< the provider failed in a way that passes
    contract,   ///< an answer that the provider's documents do not allow
    ambiguous,  ///< bytes left and no sound answer came
};

/// "timed_out", "no_stock" …
std::string_view name(errc code) noexcept;

/// What may be done about a failure of a call that costs nothing, such as a read or a poll. A costly call is never
/// repeated because of this: there `reach` and the classification of the answer decide.
enum class retry_advice {
    soon,       ///< the network failed on the way: the same call, or another address, may work at once
    after_wait, ///< refused for the moment: wait, for `retry_after` where the provider names it, and ask again
    never       ///< asking again would meet the same; a person, a settings file or another provider has to change it
};

/// | soon       | resolve_failed, connect_failed, connection_lost, timed_out |
/// | after_wait | rate_limited, denied_now, transient, unavailable           |
/// | never      | everything else, cancellation included                     |
retry_advice retry_class(errc code) noexcept;

/// How far a request got. Nothing that costs money is repeated on `maybe_sent`.
enum class reach { not_sent, maybe_sent, answered };

std::string_view name(reach how_far) noexcept;

/// A failure as a value. `message` is for people, holds no secrets, and says what to do where that is known.
struct error {
    /// result::error() of Boost 1.81 needs a default; no function returns it.
    error() : error(errc::contract, "no error") {}

    error(errc code_, std::string message_, reach how_far_ = reach::not_sent)
        : code(code_), message(std::move(message_)), how_far(how_far_)
    {}

    errc code;
    std::string message;
    reach how_far;
    std::optional<std::chrono::seconds> retry_after{}; ///< the provider's own wish, already clamped
    int http_status = 0;                               ///< 0: no answer came
    std::string provider_code{};                       ///< the provider's own number or word, "451"
};

bool operator==(const error& a, const error& b) noexcept;
std::ostream& operator<<(std::ostream& out, const error& e);

/// Makes `result::value()` throw std::runtime_error with the failure's name and message; only tests and `main` call it
/// on a failure.
[[noreturn]] void throw_exception_from_error(const error& e, const boost::source_location& where);

template<class T = void>
using result = boost::system::result<T, error>;

} // namespace ulak
