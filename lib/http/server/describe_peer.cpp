#include "http/server/describe_peer.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <sys/socket.h>

namespace ulak::http {

namespace asio = boost::asio;

peer describe_peer(int fd)
{
    peer out;
    asio::ip::tcp::endpoint remote;
    auto size = static_cast<socklen_t>(remote.capacity());
    if (::getpeername(fd, remote.data(), &size) != 0)
        return out;
    if (remote.data()->sa_family != AF_UNIX) {
        bool six = remote.data()->sa_family == AF_INET6;
        auto host = remote.address().to_string();
        out.address = (six ? "[" + host + "]" : host) + ":" + std::to_string(remote.port());
        return out;
    }
    ucred known{};
    socklen_t known_size = sizeof known;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &known, &known_size) != 0)
        return out;
    out.local = true;
    out.uid = known.uid;
    out.gid = known.gid;
    out.pid = known.pid;
    return out;
}

} // namespace ulak::http
