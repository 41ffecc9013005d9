#include "http/normal_link.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

std::string_view default_port(std::string_view scheme)
{
    if (scheme == "https")
        return ":443";
    return scheme == "http" ? ":80" : "";
}

/// "user@HOST:443" → "user@host". A user name keeps its case.
std::string normal_authority(std::string_view authority, std::string_view scheme)
{
    const auto at = authority.rfind('@');
    const auto host_begin = at == authority.npos ? 0 : at + 1;
    std::string text(authority.substr(0, host_begin));
    std::string host = lower_ascii(authority.substr(host_begin));
    const auto port = default_port(scheme);
    if (!port.empty() && host.ends_with(port))
        host.resize(host.size() - port.size());
    else if (host.ends_with(':'))
        host.pop_back();
    return text + host;
}

/// Slashes at the end of a path mean nothing; before a query or a fragment they are left alone.
std::string normal_path(std::string_view path)
{
    for (const char empty : {'#', '?'}) // an empty query may stand before an empty fragment
        if (path.ends_with(empty))
            path.remove_suffix(1);
    if (path.find_first_of("?#") == path.npos)
        while (path.ends_with('/'))
            path.remove_suffix(1);
    return std::string(path);
}

} // namespace

std::string normal_link(std::string_view link)
{
    link = trim(link);
    const auto colon = link.find("://");
    if (colon == link.npos || colon == 0)
        return std::string(link);
    const std::string scheme = lower_ascii(link.substr(0, colon));
    link.remove_prefix(colon + 3);
    const auto path = std::min(link.find_first_of("/?#"), link.size());
    return scheme + "://" + normal_authority(link.substr(0, path), scheme) + normal_path(link.substr(path));
}

} // namespace ulak::http
