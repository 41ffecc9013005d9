#include "providers/outcome.hpp"

#include "core/text.hpp"
#include "providers/detail/answer.hpp"

#include <algorithm>
#include <array>

namespace ulak::providers {
namespace {

constexpr std::size_t evidence_body_limit = 512;

// With one of these statuses nothing was done, unless the body names a purchase.
constexpr std::array refusing_statuses{400, 401, 403, 404, 405, 413, 414, 415, 422};

bool is_refusing_status(int status) noexcept
{
    return std::find(refusing_statuses.begin(), refusing_statuses.end(), status) != refusing_statuses.end();
}

// A refusal in the documented form counts under 2xx and 4xx, except the statuses that say "maybe later" or "conflict":
// a proxy may send those after the provider has acted.
bool may_carry_refusal(int status) noexcept
{
    const bool success = status >= 200 && status < 300;
    const bool client = status >= 400 && status < 500;
    return success || (client && status != 408 && status != 409 && status != 425);
}

bool is_uncompressed(const http::response& r) noexcept
{
    const auto coding = r.header("Content-Encoding");
    return coding.empty() || lower_ascii(coding) == "identity";
}

classified classify_answer(const http::response& r, const body_reading& body) noexcept
{
    const bool may_accept = r.status == 200 || r.status == 201;
    if (!may_accept && body.names_purchase)
        return {classification::ambiguous, "the status is no success, but the body names a purchase"};
    if (r.status == 429)
        return {classification::rate_limited, "asked to slow down"};
    if (is_refusing_status(r.status))
        return {classification::rejected, "refused by its status"};
    if (!is_uncompressed(r))
        return {classification::ambiguous, "the answer is compressed although that was not offered"};
    if (may_accept && body.ok)
        return {classification::accepted, "accepted"};
    if (body.refused && may_carry_refusal(r.status))
        return {classification::rejected, "refused in the provider's own form"};
    return {classification::ambiguous, "the answer says neither yes nor no"};
}

} // namespace

std::string_view name(classification v) noexcept
{
    switch (v) {
    case classification::accepted: return "accepted";
    case classification::rejected: return "rejected";
    case classification::rate_limited: return "rate_limited";
    case classification::not_sent: return "not_sent";
    case classification::ambiguous: return "ambiguous";
    }
    return "ambiguous";
}

classified classify(const http::exchange& e, const body_reading& body) noexcept
{
    if (!e.trace.handed_to_tls)
        return {classification::not_sent, "nothing was sent"};
    if (!e.answer)
        return {classification::ambiguous, "no complete answer came"};
    if (!e.trace.framing_ok)
        return {classification::ambiguous, "the answer's end is not certain"};
    if (e.trace.leftover != 0)
        return {classification::ambiguous, "bytes followed the answer"};
    return classify_answer(*e.answer, body);
}

std::string evidence_of(const http::exchange& e)
{
    if (!e.answer) {
        std::string text = "no answer: " + std::string(name(e.answer.error().code)) + ", reached " +
                           std::string(name(e.trace.reached)) + ", closed by " + std::string(name(e.trace.closed_by));
        if (e.trace.status != 0)
            text += ", HTTP " + std::to_string(e.trace.status) + " had begun";
        if (e.trace.duration.count() > 0)
            text += ", after " + std::to_string(e.trace.duration.count() / 1000) + " ms";
        return text;
    }
    const auto& r = *e.answer;
    const auto type = r.header("Content-Type");
    return "HTTP " + std::to_string(r.status) + ", " + (type.empty() ? "no content type" : displayable(type, 80)) +
           ", " + std::to_string(r.body.size()) + " bytes: " + displayable(r.body, evidence_body_limit);
}

} // namespace ulak::providers
