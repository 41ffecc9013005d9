#include "http/client/system_lookup.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <netdb.h>
#include <sys/socket.h>

#include <cstring>

namespace ulak::http {

namespace asio = boost::asio;

lookup_result system_lookup(const std::string& host)
{
    lookup_result out;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    int failed = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (failed != 0) {
        out.failure = ::gai_strerror(failed);
        return out;
    }
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        asio::ip::tcp::endpoint endpoint;
        if (one->ai_addrlen > endpoint.capacity() || (one->ai_family != AF_INET && one->ai_family != AF_INET6))
            continue;
        std::memcpy(endpoint.data(), one->ai_addr, one->ai_addrlen);
        out.addresses.push_back(endpoint.address());
    }
    ::freeaddrinfo(found);
    return out;
}

} // namespace ulak::http
