// What became of a costly call. A pure function of how the exchange went and what the answer says.
#pragma once

#include "http/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ulak::providers {

enum class classification {
    accepted,     ///< a sound answer with the provider's id
    rejected,     ///< a sound answer in the provider's own form of refusal
    rate_limited, ///< a complete 429
    not_sent,     ///< proven: nothing was handed to TLS
    ambiguous     ///< everything else
};

std::string_view name(classification c) noexcept; ///< "accepted" "rejected" …

/// What a wire function made of a complete answer: the value, the provider's refusal (any code but errc::contract), or
/// errc::contract where the answer is neither.
template<class T>
using parsed_answer = result<T>;

template<class T>
struct outcome {
    explicit outcome(classification c) : classified_as(c) {}

    classification classified_as;
    std::optional<T> value{};       ///< set if accepted
    std::optional<error> failure{}; ///< set unless accepted
    http::exchange_trace trace{};
    std::string evidence{}; ///< for people, see evidence_of
};

struct classified {
    classification as;
    std::string_view reason;
};

/// Classifies an exchange, given whether its body reads as accepted (`read_ok`) or as a documented refusal
/// (`read_refused`). The first line that fits decides:
///
/// | nothing was handed to TLS                                    | not_sent, and nothing else ever is |
/// | no complete answer, unsound framing, bytes behind the answer | ambiguous                          |
/// | 429                                                          | rate_limited                       |
/// | 400 401 403 404 405 413 414 415 422, whatever the body       | rejected                           |
/// | compressed although that was not offered                     | ambiguous                          |
/// | 200 or 201 and read_ok                                       | accepted                           |
/// | 2xx or 4xx but 408 409 425, and read_refused                 | rejected                           |
/// | everything else                                              | ambiguous                          |
classified classify(const http::exchange& e, bool read_ok, bool read_refused) noexcept;

/// Status, content type, length and at most 512 printable bytes of the body, with secrets removed; without an answer,
/// how far the request got.
std::string evidence_of(const http::exchange& e);

/// `body`: what the wire function made of the answer, if there is a complete one.
template<class T>
outcome<T> make_outcome(const http::exchange& e, std::optional<parsed_answer<T>> body)
{
    const bool ok = body && body->has_value();
    const bool refused = body && !ok && body->error().code != errc::contract;
    const classified c = classify(e, ok, refused);
    outcome<T> o(c.as);
    o.trace = e.trace;
    o.evidence = evidence_of(e);
    if (c.as == classification::accepted)
        o.value = std::move(**body);
    else if (!e.answer)
        o.failure = e.answer.error();
    else if (body && !ok)
        o.failure = body->error();
    else
        o.failure = error(errc::ambiguous, std::string(c.reason), reach::answered);
    return o;
}

} // namespace ulak::providers
