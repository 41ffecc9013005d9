// The server on listeners of this machine.
#pragma once

#include "http/server.hpp"
#include "http/server/server_core.hpp"

#include <memory>
#include <string>

namespace ulak::http {

/// Opens the sockets and hands them to a server_core, which outlives this object as long as connections run.
class local_server final : public server {
  public:
    local_server(executor ex, async::clock& clock);
    ~local_server() override; ///< closes everything at once

    result<void> listen_unix(std::string name, const std::string& path, unsigned mode, handler h,
                             server_limits limits) override;
    result<void> listen_fd(std::string name, int fd, handler h, server_limits limits) override;
    result<unsigned short> listen_tcp(std::string name, const std::string& address, unsigned short port, handler h,
                                      server_limits limits) override;
    result<unsigned short> listen_tls(std::string name, const std::string& address, unsigned short port,
                                      const std::string& chain_pem, const std::string& key_pem, handler h,
                                      server_limits limits) override;
    task<> stop(async::steady_point deadline) override;

  private:
    result<unsigned short> listen_on_port(std::shared_ptr<const service_config> service, const std::string& address,
                                          unsigned short port, openssl_ptr<SSL_CTX> tls);

    async::clock& clock_;
    std::shared_ptr<server_core> core_;
};

} // namespace ulak::http
