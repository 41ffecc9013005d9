#include "http/server/listening_socket.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr int backlog = SOMAXCONN; // a burst of other clients must not turn the operator away

std::string errno_text(int code)
{
    return std::generic_category().message(code);
}

error cannot_listen(const std::string& where, const std::string& why, errc code = errc::unavailable)
{
    return error(code, "cannot listen on " + where + ": " + why);
}

sockaddr_un unix_address(const std::string& path)
{
    sockaddr_un out{};
    out.sun_family = AF_UNIX;
    std::memcpy(out.sun_path, path.data(), path.size());
    return out;
}

const sockaddr* as_sockaddr(const sockaddr_un& address)
{
    return reinterpret_cast<const sockaddr*>(&address);
}

bool is_live_server(const sockaddr_un& address)
{
    listening_socket probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (::connect(probe.get(), as_sockaddr(address), sizeof address) == 0)
        return true;
    return errno == EAGAIN || errno == EACCES || errno == EPERM; // its queue is full, or we may not connect
}

result<void> remove_stale_socket(const std::string& path, const sockaddr_un& address)
{
    struct stat seen{};
    if (::lstat(path.c_str(), &seen) != 0)
        return {};
    if (!S_ISSOCK(seen.st_mode))
        return cannot_listen(path, "something that is no socket stands there", errc::conflict);
    if (is_live_server(address))
        return cannot_listen(path, "another server is listening there", errc::conflict);
    if (::unlink(path.c_str()) != 0)
        return cannot_listen(path, "the stale socket file cannot be removed: " + errno_text(errno), errc::conflict);
    return {};
}

result<asio::ip::tcp::endpoint> parse_loopback(const std::string& address, unsigned short port)
{
    boost::system::error_code bad;
    auto parsed = asio::ip::make_address(address, bad);
    if (bad || !parsed.is_loopback())
        return cannot_listen(address, "only loopback addresses are served", errc::invalid_argument);
    return asio::ip::tcp::endpoint(parsed, port);
}

} // namespace

listening_socket::~listening_socket()
{
    if (fd_ >= 0)
        ::close(fd_);
}

result<listening_socket> open_unix(const std::string& path, unsigned mode)
{
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path))
        return cannot_listen(path, "the path of a socket has 1 to 107 bytes", errc::invalid_argument);
    auto address = unix_address(path);
    auto cleared = remove_stale_socket(path, address);
    if (!cleared)
        return cleared.error();
    listening_socket out(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (out.get() < 0)
        return cannot_listen(path, errno_text(errno));
    mode_t before = ::umask(static_cast<mode_t>(0777 & ~mode));
    int bound = ::bind(out.get(), as_sockaddr(address), sizeof address);
    int why = errno;
    ::umask(before);
    if (bound != 0)
        return cannot_listen(path, errno_text(why), why == EADDRINUSE ? errc::conflict : errc::unavailable);
    if (::listen(out.get(), backlog) != 0)
        return cannot_listen(path, errno_text(errno));
    return out;
}

result<listening_socket> open_tcp(const std::string& address, unsigned short& port)
{
    auto where = parse_loopback(address, port);
    if (!where)
        return where.error();
    listening_socket out(::socket(where->data()->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    int on = 1;
    ::setsockopt(out.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    auto text = address + ":" + std::to_string(port);
    if (::bind(out.get(), where->data(), static_cast<socklen_t>(where->size())) != 0)
        return cannot_listen(text, errno_text(errno), errno == EADDRINUSE ? errc::conflict : errc::unavailable);
    if (::listen(out.get(), backlog) != 0)
        return cannot_listen(text, errno_text(errno));
    auto size = static_cast<socklen_t>(where->capacity());
    ::getsockname(out.get(), where->data(), &size);
    port = where->port();
    return out;
}

result<listening_socket> adopt_fd(int fd)
{
    int listens = 0;
    socklen_t size = sizeof listens;
    bool fit = ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens == 1;
    if (!fit)
        return error(errc::invalid_argument,
                     "descriptor " + std::to_string(fd) + " is not a socket that listens; was it inherited?");
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    return listening_socket(fd);
}

} // namespace ulak::http
