#include "control/detail/access.hpp"

#include "control/control.hpp"
#include "core/text.hpp"

namespace ulak::control {

access_level level_of(const http::peer& from, uid_t own_uid) noexcept
{
    if (from.listener == metrics_listener)
        return access_level::metrics;
    if (from.listener != operate_listener || !from.local)
        return access_level::view;
    return from.uid == 0 || from.uid == own_uid ? access_level::admin : access_level::operate;
}

result<void> check_caller(const http::incoming_request& request)
{
    if (!request.header("origin").empty() || !request.header("referer").empty())
        return error(errc::forbidden, "requests from web pages are refused (Origin or Referer is set)");
    if (request.remote.listener == metrics_listener)
        return {};
    const std::string host = lower_ascii(request.header("host"));
    if (host != "ulak" && host != "localhost")
        return error(
            errc::forbidden,
            "the Host header must be `ulak` or `localhost`; with curl: curl --unix-socket PATH http://ulak/v1/");
    return {};
}

} // namespace ulak::control
