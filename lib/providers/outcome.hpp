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

/// What a wire function made of a complete answer: the value, the provider's refusal (any other code), errc::contract
/// where the answer is neither, or errc::ambiguous where it names a purchase and yet is no sound success.
template<class T>
using parsed_answer = result<T>;

/// Neither a value nor a refusal.
constexpr bool is_doubtful(errc code) noexcept
{
    return code == errc::contract || code == errc::ambiguous;
}

template<class T>
struct outcome {
    explicit outcome(classification c) : classified_as(c) {}

    classification classified_as;
    std::optional<T> value{};       ///< set if accepted
    std::optional<T> claimed{};     ///< unless accepted: the purchase that the body names all the same, as evidence
    std::optional<error> failure{}; ///< set unless accepted
    http::exchange_trace trace{};
    std::string evidence{}; ///< for people, see evidence_of
};

struct classified {
    classification as;
    std::string_view reason;
};

/// What a wire function made of a complete answer's body.
struct body_reading {
    bool ok = false;      ///< a sound success
    bool refused = false; ///< a refusal in the provider's own form
    /// It names a purchase, whatever the status line says: a gateway that limits or refuses can do so after the
    /// provider has acted, and keep its body.
    bool names_purchase = false;
};

/// Classifies an exchange. The first line that fits decides:
///
/// | nothing was handed to TLS                                    | not_sent, and nothing else ever is |
/// | no complete answer, unsound framing, bytes behind the answer | ambiguous                          |
/// | a status other than 200 and 201, and names_purchase          | ambiguous                          |
/// | 429                                                          | rate_limited                       |
/// | 400 401 403 404 405 413 414 415 422                          | rejected                           |
/// | compressed although that was not offered                     | ambiguous                          |
/// | 200 or 201 and ok                                            | accepted                           |
/// | 2xx or 4xx but 408 409 425, and refused                      | rejected                           |
/// | everything else                                              | ambiguous                          |
classified classify(const http::exchange& e, const body_reading& body) noexcept;

/// Status, content type, length and at most 512 printable bytes of the body, with secrets removed; without an answer,
/// how far the request got.
std::string evidence_of(const http::exchange& e);

/// `body`: what the wire function made of the answer, if there is a complete one. `under_200`: what it makes of the
/// same body under a status that refuses nothing; nullopt where that is the same.
template<class T>
outcome<T> make_outcome(const http::exchange& e, std::optional<parsed_answer<T>> body,
                        std::optional<parsed_answer<T>> under_200 = std::nullopt)
{
    const bool ok = body && body->has_value();
    const bool refused = body && !ok && !is_doubtful(body->error().code);
    const auto& plain = under_200 ? under_200 : body;
    const bool names = plain && (plain->has_value() || plain->error().code == errc::ambiguous);
    const classified c = classify(e, body_reading{ok, refused, names});
    outcome<T> o(c.as);
    o.trace = e.trace;
    o.evidence = evidence_of(e);
    if (c.as == classification::accepted) {
        o.value = std::move(**body);
        return o;
    }
    if (!e.answer)
        o.failure = e.answer.error();
    else if (names && plain->has_error())
        o.failure = plain->error();
    else if (body && !ok && !names)
        o.failure = body->error();
    else
        o.failure = error(errc::ambiguous, std::string(c.reason), reach::answered);
    if (plain && plain->has_value())
        o.claimed = **plain;
    return o;
}

/// The outcome of an exchange whose complete answer `read` understands.
template<class T>
outcome<T> read_outcome(const http::exchange& e, parsed_answer<T> (*read)(const http::response&))
{
    if (!e.answer)
        return make_outcome<T>(e, std::nullopt);
    std::optional<parsed_answer<T>> under_200;
    if (e.answer->status != 200) {
        http::response plain = *e.answer;
        plain.status = 200;
        under_200.emplace(read(plain));
    }
    return make_outcome<T>(e, read(*e.answer), std::move(under_200));
}

} // namespace ulak::providers
