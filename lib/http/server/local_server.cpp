#include "http/server/local_server.hpp"

#include "http/tls/server_context.hpp"

namespace ulak::http {
namespace {

// How long a stop waits for handlers that were cancelled and do not end.
constexpr std::chrono::seconds handler_grace(2);

std::shared_ptr<const service_config> make_service(std::string name, handler h, const server_limits& limits)
{
    return std::make_shared<service_config>(std::move(name), std::move(h), limits);
}

} // namespace

local_server::local_server(executor ex, async::clock& clock)
    : clock_(clock), core_(std::make_shared<server_core>(ex, clock))
{}

local_server::~local_server()
{
    core_->close_listeners();
    core_->abort_connections();
    core_->stop_deadlines();
}

result<void> local_server::listen_unix(std::string name, const std::string& path, unsigned mode, handler h,
                                       server_limits limits)
{
    auto socket = open_unix(path, mode);
    if (!socket)
        return socket.error();
    auto service = make_service(std::move(name), std::move(h), limits);
    return core_->add(std::move(service), std::move(*socket), nullptr, socket_file(path));
}

result<void> local_server::listen_fd(std::string name, int fd, handler h, server_limits limits)
{
    auto socket = adopt_fd(fd);
    if (!socket)
        return socket.error();
    auto service = make_service(std::move(name), std::move(h), limits);
    return core_->add(std::move(service), std::move(*socket), nullptr, socket_file()); // the file is its maker's
}

result<unsigned short> local_server::listen_tcp(std::string name, const std::string& address, unsigned short port,
                                                handler h, server_limits limits)
{
    return listen_on_port(make_service(std::move(name), std::move(h), limits), address, port, nullptr);
}

result<unsigned short> local_server::listen_tls(std::string name, const std::string& address, unsigned short port,
                                                const std::string& chain_pem, const std::string& key_pem, handler h,
                                                server_limits limits)
{
    auto tls = make_server_context(chain_pem, key_pem);
    if (!tls)
        return tls.error();
    return listen_on_port(make_service(std::move(name), std::move(h), limits), address, port, std::move(*tls));
}

result<unsigned short> local_server::listen_on_port(std::shared_ptr<const service_config> service,
                                                    const std::string& address, unsigned short port,
                                                    openssl_ptr<SSL_CTX> tls)
{
    auto socket = open_tcp(address, port);
    if (!socket)
        return socket.error();
    auto added = core_->add(std::move(service), std::move(*socket), std::move(tls), socket_file());
    if (!added)
        return added.error();
    return port;
}

task<> local_server::stop(async::steady_point deadline)
{
    auto core = core_; // this object may be destroyed meanwhile
    auto& clock = clock_;
    core->close_listeners();
    co_await core->drained(deadline);
    core->abort_connections();
    co_await core->drained(clock.now() + handler_grace);
    core->stop_deadlines();
}

} // namespace ulak::http
