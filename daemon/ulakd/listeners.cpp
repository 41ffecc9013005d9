#include "ulakd/listeners.hpp"

#include "control/control.hpp"

#include <filesystem>

namespace ulak::daemon {

namespace fs = std::filesystem;

namespace {

constexpr unsigned operate_mode = 0660;
constexpr unsigned view_mode = 0666; // the view socket shows nothing that is not masked

/// One user's scripts and dashboards fit into 32 connections; eight are kept for who must be able to stop everything.
http::server_limits operate_limits()
{
    http::server_limits l;
    l.max_per_user = 32;
    l.reserved = 8;
    l.reply_bytes = 16u << 20;
    return l;
}

/// Everybody on the machine may look, so looking takes less of everything than operating. It sends no bodies.
http::server_limits view_limits()
{
    http::server_limits l;
    l.max_connections = 32;
    l.max_per_user = 12;
    l.reserved = 4;
    l.reply_bytes = 8u << 20;
    l.body_bytes = 64 * 1024;
    return l;
}

result<void> open_socket(http::server& server, service_manager& manager, const char* name, const std::string& path,
                         unsigned mode, const http::handler& handler, const http::server_limits& limits)
{
    if (auto fd = manager.take_listener(name))
        return server.listen_fd(name, *fd, handler, limits);
    std::error_code ignored; // listen_unix reports what is wrong with the folder
    fs::create_directories(fs::path(path).parent_path(), ignored);
    return server.listen_unix(name, path, mode, handler, limits);
}

} // namespace

result<std::string> open_listeners(http::server& server, service_manager& manager, const settings& s,
                                   const http::handler& handler)
{
    if (auto opened =
            open_socket(server, manager, control::operate_listener, s.socket, operate_mode, handler, operate_limits());
        !opened)
        return opened.error();
    if (auto opened =
            open_socket(server, manager, control::view_listener, s.view_socket, view_mode, handler, view_limits());
        !opened)
        return opened.error();
    if (s.metrics_address.empty())
        return std::string();
    const auto port =
        server.listen_tcp(control::metrics_listener, s.metrics_address, s.metrics_port, handler, view_limits());
    if (!port)
        return error(port.error().code, "metrics: " + port.error().message);
    const bool ipv6 = s.metrics_address.find(':') != std::string::npos;
    return (ipv6 ? "[" + s.metrics_address + "]" : s.metrics_address) + ":" + std::to_string(*port);
}

} // namespace ulak::daemon
