// One question to the system's resolver. It blocks.
#pragma once

#include <boost/asio/ip/address.hpp>

#include <functional>
#include <string>
#include <vector>

namespace ulak::http {

/// Addresses without a port, or the reason why there are none.
struct lookup_result {
    std::vector<boost::asio::ip::address> addresses{};
    std::string failure{};
};

using lookup_function = std::function<lookup_result(const std::string& host)>;

/// getaddrinfo for stream sockets. Takes as long as the system's configuration allows.
lookup_result system_lookup(const std::string& host);

} // namespace ulak::http
