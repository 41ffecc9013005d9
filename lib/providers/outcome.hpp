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

std::string_view name(classification v) noexcept;

/// What a wire function made of a complete answer: the value, the provider's refusal (any code but `contract`), or
/// errc::contract where the answer is neither.
template<class T>
using parsed_answer = result<T>;

/// `why` is set unless accepted. `evidence` is for a person: status, content type and a redacted, printable piece of the body.
template<class T>
struct outcome {
    explicit outcome(classification what_) : classified_as(what_) {}

    classification classified_as;
    std::optional<T> value{};
    std::optional<error> failure{};
    http::exchange_trace trace{};
    std::string evidence{};
};

/// The verdict on an exchange alone, given whether the body read as accepted (`read_ok`) or as a documented refusal
/// (`read_refused`). reliability: handed_to_tls false is the only way to not_sent, and always not_sent; accepted needs status 200 or 201,
/// sound framing, nothing left over; statuses 400 401 403 404 405 413 414 415 422 are refusals whatever the body.
/// `refusal_with_any_status` is for providers that put their documented refusal under 2xx or 4xx alike.
struct classified {
    classification as;
    std::string_view reason;
};
classified classify(const http::exchange& e, bool read_ok, bool read_refused) noexcept;

/// Status, content type, length and at most 512 printable bytes of the body, through the process's redactor.
std::string evidence_of(const http::exchange& e);

template<class T>
outcome<T> make_outcome(const http::exchange& e, std::optional<parsed_answer<T>> body)
{
    const bool ok = body && body->has_value();
    const bool refused = body && !ok && body->error().code != errc::contract;
    const classified j = classify(e, ok, refused);
    outcome<T> o(j.as);
    o.trace = e.trace;
    o.evidence = evidence_of(e);
    if (j.as == classification::accepted)
        o.value = std::move(**body);
    else if (!e.answer)
        o.failure = e.answer.error();
    else if (body && !ok)
        o.failure = body->error();
    else
        o.failure = error(errc::ambiguous, std::string(j.reason), reach::answered);
    return o;
}

} // namespace ulak::providers
