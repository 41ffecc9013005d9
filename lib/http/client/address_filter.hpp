// Addresses that a public provider cannot have.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace ulak::http {

/// Loopback, private, link-local, shared, multicast, unspecified and reserved ranges, also inside IPv6 forms of IPv4.
bool is_private(const boost::asio::ip::address& address);

} // namespace ulak::http
