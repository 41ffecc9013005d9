#include "http/server.hpp"

#include "http/server_core.hpp"
#include "http/http_grammar.hpp"
#include "http/tls_identity.hpp"

namespace ulak::http {

// The defaults of server_limits, and why:
//   connections 64       a person, a few scripts and a scraper; keeps descriptors for the way to the providers
//   header 16 KiB        browsers and curl stay below 4 KiB
//   body 1 MiB           opt-out lists by the thousand are the largest bodies
//   request 10 s         whoever needs longer over loopback is stuck or means harm
//   idle 60 s            longer than a scraper's usual 15 to 60 s would keep nothing but memory
//   write 15 s           a reader of events that stops reading is cut off

namespace {

// Handlers that were cancelled and do not end: a stop does not wait for them for ever.
constexpr std::chrono::seconds handler_grace(2);

class local_server final : public server {
  public:
    local_server(executor ex, async::clock& time) : clock_(time), core_(std::make_shared<server_core>(ex, time)) {}

    ~local_server() override
    {
        core_->close_listeners();
        core_->abort_connections();
        core_->stop_deadlines();
    }

    result<void> listen_unix(std::string name, const std::string& path, unsigned mode, handler h,
                             server_limits limits) override
    {
        auto socket = open_unix(path, mode);
        if (!socket)
            return socket.error();
        auto of = std::make_shared<service_config>(std::move(name), std::move(h), limits);
        return core_->add(std::move(of), std::move(*socket), nullptr, socket_file(path));
    }

    result<void> listen_fd(std::string name, int fd, handler h, server_limits limits) override
    {
        auto socket = adopt_fd(fd);
        if (!socket)
            return socket.error();
        auto of = std::make_shared<service_config>(std::move(name), std::move(h), limits);
        return core_->add(std::move(of), std::move(*socket), nullptr, socket_file());
    }

    result<unsigned short> listen_tcp(std::string name, const std::string& address, unsigned short port, handler h,
                                      server_limits limits) override
    {
        auto of = std::make_shared<service_config>(std::move(name), std::move(h), limits);
        return listen_on_port(std::move(of), address, port, nullptr);
    }

    result<unsigned short> listen_tls(std::string name, const std::string& address, unsigned short port,
                                      const std::string& chain_pem, const std::string& key_pem, handler h,
                                      server_limits limits) override
    {
        auto tls = make_server_context(chain_pem, key_pem);
        if (!tls)
            return tls.error();
        auto of = std::make_shared<service_config>(std::move(name), std::move(h), limits);
        return listen_on_port(std::move(of), address, port, std::move(*tls));
    }

    task<> stop(async::steady_point deadline) override
    {
        auto core = core_;
        core->close_listeners();
        co_await core->drained(deadline);
        core->abort_connections();
        co_await core->drained(clock_.now() + handler_grace);
        core->stop_deadlines();
    }

  private:
    result<unsigned short> listen_on_port(std::shared_ptr<const service_config> of, const std::string& address,
                                          unsigned short port, openssl_ptr<SSL_CTX> tls)
    {
        auto socket = open_tcp(address, port);
        if (!socket)
            return socket.error();
        auto added = core_->add(std::move(of), std::move(*socket), std::move(tls), socket_file());
        if (!added)
            return added.error();
        return port;
    }

    async::clock& clock_;
    std::shared_ptr<server_core> core_;
};

} // namespace

std::string_view incoming_request::header(std::string_view wanted) const noexcept
{
    return find_header(headers, wanted);
}

std::string_view incoming_request::parameter(std::string_view wanted) const noexcept
{
    for (const auto& [key, value] : query)
        if (key == wanted)
            return value;
    return {};
}

std::unique_ptr<server> make_server(executor ex, async::clock& time)
{
    return std::make_unique<local_server>(ex, time);
}

} // namespace ulak::http
