#include "control/detail/problem.hpp"

#include "core/text.hpp"
#include "events/redactor.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace ulak::control {

namespace {

std::string_view title_of(int status) noexcept
{
    switch (status) {
    case 400: return "Bad request";
    case 403: return "Forbidden";
    case 404: return "Not found";
    case 405: return "Method not allowed";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 413: return "Too large";
    case 415: return "Unsupported media type";
    case 422: return "Not possible";
    case 502: return "The provider failed";
    case 503: return "Unavailable";
    case 504: return "Timed out";
    }
    return "Error";
}

} // namespace

int status_of(errc code) noexcept
{
    switch (code) {
    case errc::invalid_argument: return 400;
    case errc::forbidden: return 403;
    case errc::not_found: return 404;
    case errc::gone: return 410;
    case errc::conflict:
    case errc::duplicate:
    case errc::budget:
    case errc::too_expensive:
    case errc::window:
    case errc::paused: return 409;
    case errc::too_large: return 413;
    case errc::unsupported: return 422;
    case errc::unavailable:
    case errc::cancelled: return 503;
    case errc::timed_out: return 504;
    default: return 502;
    }
}

http::reply problem(int status, std::string_view code, std::string_view detail)
{
    boost::json::object body;
    body["type"] = "about:blank";
    body["title"] = title_of(status);
    body["status"] = status;
    body["detail"] = events::process_redactor().redact(detail);
    body["code"] = code;
    return http::reply(status, boost::json::serialize(body) + "\n", problem_type);
}

http::reply busy(std::string_view detail)
{
    auto out = problem(503, "busy", detail);
    out.headers.emplace_back("Retry-After", "1");
    return out;
}

http::reply problem(const error& e)
{
    return problem(status_of(e.code), name(e.code), e.message);
}

} // namespace ulak::control
