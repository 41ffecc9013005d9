#include "core/error.hpp"

#include <stdexcept>

namespace ulak {

std::string_view name(errc code) noexcept
{
    switch (code) {
    case errc::cancelled: return "cancelled";
    case errc::timed_out: return "timed_out";
    case errc::unavailable: return "unavailable";
    case errc::invalid_argument: return "invalid_argument";
    case errc::not_found: return "not_found";
    case errc::gone: return "gone";
    case errc::conflict: return "conflict";
    case errc::forbidden: return "forbidden";
    case errc::budget: return "budget";
    case errc::window: return "window";
    case errc::paused: return "paused";
    case errc::unsupported: return "unsupported";
    case errc::too_expensive: return "too_expensive";
    case errc::resolve_failed: return "resolve_failed";
    case errc::connect_failed: return "connect_failed";
    case errc::tls_failed: return "tls_failed";
    case errc::connection_lost: return "connection_lost";
    case errc::malformed: return "malformed";
    case errc::too_large: return "too_large";
    case errc::auth: return "auth";
    case errc::balance: return "balance";
    case errc::no_stock: return "no_stock";
    case errc::validation: return "validation";
    case errc::duplicate: return "duplicate";
    case errc::rate_limited: return "rate_limited";
    case errc::denied_now: return "denied_now";
    case errc::transient: return "transient";
    case errc::contract: return "contract";
    case errc::ambiguous: return "ambiguous";
    }
    return "unknown";
}

retry_advice retry_class(errc code) noexcept
{
    switch (code) {
    // A failed TLS handshake is not among these: a bad certificate stays bad.
    case errc::resolve_failed:
    case errc::connect_failed:
    case errc::connection_lost:
    case errc::timed_out: return retry_advice::soon;
    case errc::rate_limited:
    case errc::denied_now:
    case errc::transient:
    case errc::unavailable: return retry_advice::after_wait;
    default: return retry_advice::never;
    }
}

std::string_view name(reach how_far) noexcept
{
    switch (how_far) {
    case reach::not_sent: return "not_sent";
    case reach::maybe_sent: return "maybe_sent";
    case reach::answered: return "answered";
    }
    return "unknown";
}

bool operator==(const error& a, const error& b) noexcept
{
    return a.code == b.code && a.how_far == b.how_far && a.message == b.message;
}

std::ostream& operator<<(std::ostream& out, const error& e)
{
    return out << name(e.code) << " (" << name(e.how_far) << "): " << e.message;
}

void throw_exception_from_error(const error& e, const boost::source_location&)
{
    throw std::runtime_error(std::string(name(e.code)) + ": " + e.message);
}

} // namespace ulak
