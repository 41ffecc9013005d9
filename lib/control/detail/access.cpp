#include "control/detail/access.hpp"

#include "control/control.hpp"
#include "core/text.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace ulak::control {

access_level level_of(const http::peer& from, uid_t own_uid) noexcept
{
    if (from.listener == metrics_listener)
        return access_level::metrics;
    if (from.listener != operate_listener || !from.local)
        return access_level::view;
    return from.uid == 0 || from.uid == own_uid ? access_level::admin : access_level::operate;
}

namespace {

/// An empty one counts: "Origin:" says that a page asks and hides which.
bool has_header(const http::incoming_request& request, std::string_view name)
{
    return std::ranges::any_of(request.headers, [&](const auto& h) { return lower_ascii(h.first) == name; });
}

/// "127.0.0.1:9464" → "127.0.0.1"; "[::1]:9464" → "::1"; empty if what follows is no port.
std::string_view without_port(std::string_view host)
{
    const bool bracketed = host.starts_with('[');
    const auto end = std::min(host.find(bracketed ? ']' : ':'), host.size());
    auto rest = host.substr(end);
    if (bracketed && !rest.starts_with(']'))
        return {};
    if (bracketed)
        rest.remove_prefix(1);
    const bool is_port =
        rest.empty() || (rest.starts_with(':') && rest.find_first_not_of("0123456789", 1) == rest.npos);
    return is_port ? host.substr(bracketed, end - bracketed) : std::string_view();
}

/// A name in a Host header may be anybody's, who then lets it resolve to 127.0.0.1 and has a browser read what it finds
/// there. An address cannot be borrowed so.
bool is_own_address(std::string_view host)
{
    const std::string name = lower_ascii(without_port(host));
    boost::system::error_code no_address;
    boost::asio::ip::make_address(name, no_address);
    return name == "localhost" || !no_address;
}

} // namespace

result<void> check_caller(const http::incoming_request& request)
{
    if (has_header(request, "origin") || has_header(request, "referer"))
        return error(errc::forbidden, "requests from web pages are refused (Origin or Referer is set)");
    const std::string host = lower_ascii(request.header("host"));
    if (request.remote.listener == metrics_listener) {
        if (!is_own_address(host))
            return error(errc::forbidden, "the Host header must be the address that is asked, such as 127.0.0.1:9464, "
                                          "or localhost");
        return {};
    }
    const std::string name(without_port(host)); // "unix" and "localhost:80" are what clients of sockets send
    if (name != "ulak" && name != "localhost" && name != "unix")
        return error(
            errc::forbidden,
            "the Host header must be `ulak` or `localhost`; with curl: curl --unix-socket PATH http://ulak/v1/");
    return {};
}

} // namespace ulak::control
