#include "providers/iletimerkezi/codes.hpp"

namespace ulak::providers::iletimerkezi::wire {

errc errc_of_code(std::int64_t code) noexcept
{
    switch (code) {
    case 401: return errc::auth;
    case 402: return errc::balance;
    case 404:
    case 455: return errc::not_found;
    case 429: return errc::rate_limited;
    case 451: return errc::duplicate;
    case 456: return errc::denied_now;
    case 503: return errc::transient;
    default:
        if (code == 400 || code == 422 || (code >= 450 && code <= 499))
            return errc::validation;
        return code >= 500 && code <= 599 ? errc::transient : errc::contract;
    }
}

} // namespace ulak::providers::iletimerkezi::wire
