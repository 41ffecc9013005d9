// The address of a server that a client talks to.
#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace ulak::http {

/// Scheme (https only), host, port and the path below which every target lies.
struct origin {
    /// Reads "https://host[:port]/path".
    /// - errc::invalid_argument: another scheme, user info, a query, a fragment, or a host that is neither a DNS name
    ///   nor an IP address
    static result<origin> parse(std::string_view url);

    std::string host; ///< a name or an IP address (without brackets)
    std::string port = "443";
    std::string base_path{}; ///< "/api/v1", without a slash at its end; may be empty
    bool host_is_address = false;
};

} // namespace ulak::http
