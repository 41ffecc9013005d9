#include "http/origin.hpp"
#include "http/detail/http_grammar.hpp"

#include "core/text.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>

namespace ulak::http {
namespace {

error invalid_url(std::string_view why)
{
    return error(errc::invalid_argument, "not an address that can be used: " + std::string(why));
}

bool is_name(std::string_view host)
{
    if (host.empty() || host.size() > 253)
        return false;
    for (auto label : split(host, '.')) {
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
            return false;
        auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
        if (!std::ranges::all_of(label, allowed))
            return false;
    }
    return true;
}

bool is_port(std::string_view text)
{
    unsigned value = 0;
    auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc() && end == text.data() + text.size() && value > 0 && value < 65536;
}

// Takes "host", "host:port", "[::1]" or "[::1]:port" apart; the port keeps its default where there is none.
bool split_authority(std::string_view authority, std::string& host, std::string& port)
{
    std::size_t end = authority.find(':');
    if (authority.starts_with('[')) {
        auto bracket = authority.find(']');
        if (bracket == authority.npos)
            return false;
        host = authority.substr(1, bracket - 1);
        end = bracket + 1 < authority.size() ? bracket + 1 : authority.npos;
        if (end != authority.npos && authority[end] != ':')
            return false;
    } else {
        host = lower_ascii(authority.substr(0, end));
    }
    if (end != authority.npos)
        port = authority.substr(end + 1);
    return is_port(port);
}

} // namespace

result<origin> origin::parse(std::string_view url)
{
    constexpr std::string_view scheme = "https://";
    if (!equals_ignore_case(url.substr(0, scheme.size()), scheme))
        return invalid_url("it must begin with https://");
    url.remove_prefix(scheme.size());
    if (url.find_first_of("?#@\\") != url.npos)
        return invalid_url("user names, queries and fragments have no place in it");
    if (!is_visible_ascii(url))
        return invalid_url(
            "it has blanks, control characters or letters outside ASCII (write the xn-- form of the name)");

    auto slash = std::min(url.find('/'), url.size());
    origin out;
    if (!split_authority(url.substr(0, slash), out.host, out.port))
        return invalid_url("the host or the port cannot be read");
    boost::system::error_code not_address;
    boost::asio::ip::make_address(out.host, not_address);
    out.host_is_address = !not_address;
    if (!out.host_is_address && (!is_name(out.host) || url.starts_with('[')))
        return invalid_url("its host is no name and no IP address");
    out.base_path = url.substr(slash);
    while (out.base_path.ends_with('/'))
        out.base_path.pop_back();
    return out;
}

} // namespace ulak::http
