// Whether a new connection has a place, or whose it may take. Pure.
#pragma once

#include "http/server.hpp"

#include <algorithm>

namespace ulak::http {

/// `own`, `any`: a connection of the same user, or of anybody, must make room first.
enum class place { free, own, any };

/// `owner`: root or the server's own user, who is bound by `max_connections` alone. `of_user`: connections that the
/// user has now; `active`: that the listener has.
inline place find_place(const server_limits& limits, bool owner, bool local, std::size_t of_user, std::size_t active)
{
    const bool limited = local && !owner && limits.max_per_user != 0;
    if (limited && of_user >= limits.max_per_user)
        return place::own;
    const auto kept = owner ? 0 : std::min(limits.reserved, limits.max_connections);
    return active < limits.max_connections - kept ? place::free : place::any;
}

} // namespace ulak::http
